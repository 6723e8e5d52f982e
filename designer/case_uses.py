"""What in a draft speaks of a case type: who takes it out reads here what then has to be mended."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from common.text import UNSAID, Text
from designer.head_text import head_in
from procedure_library.bpmn import Steps, read_steps
from procedure_library.canonical import parsed
from procedure_library.compiled import read_rules
from procedure_library.package import HEAD, RULES, STEPS


@dataclass(frozen=True, slots=True)
class Use:
    """One thing that names the case type: a way out of a branch (`key` that of the branch), an example, a rule, or
    ("interface") what other procedures may call."""

    kind: Literal["way", "example", "rule", "interface"]
    key: str = ""
    title: Text = UNSAID


def uses_of(files: Mapping[str, str], case_type: str) -> tuple[Use, ...]:
    """In the order in which a procedure is written; of files that cannot be read nothing is told."""
    asked = (_ways, _rules, _examples, _called)
    return tuple(use for ask in asked for use in ask(files, case_type))


def _ways(files: Mapping[str, str], case_type: str) -> Iterator[Use]:
    drawn = read_steps(files.get(STEPS, "").encode())
    if not isinstance(drawn, Steps):
        return
    steps = {step.key: step for step in drawn.steps}
    for way in drawn.transitions:
        branch = steps.get(way.source)
        if branch is not None and branch.by_case_type and way.when == case_type:
            yield Use("way", branch.key, branch.name)


def _rules(files: Mapping[str, str], case_type: str) -> Iterator[Use]:
    """Rules in whose text the fact and the key stand: as exact as somebody needs who goes to look."""
    lines = files.get(RULES, "").splitlines()
    rules = [rule for rule in read_rules(files.get(RULES, "")).rules.rules if rule.name]
    for rule, following in zip(rules, [*rules[1:], None], strict=True):
        text = "\n".join(lines[rule.place.line - 1 : following.place.line - 1 if following else None])
        if "case_type" in text and re.search(rf"\b{re.escape(case_type)}\b", text):
            yield Use("rule", rule.name, rule.title)


def _examples(files: Mapping[str, str], case_type: str) -> Iterator[Use]:
    for path in sorted(path for path in files if path.startswith("examples/")):
        try:
            body = parsed(files[path])
            named = body["facts"]["dossier"]["case_type"] == case_type
        except (ValueError, KeyError, TypeError):
            continue
        if named:
            name = body.get("name") or ""
            yield Use("example", path.removeprefix("examples/").removesuffix(".json"), Text.from_json(name))


def _called(files: Mapping[str, str], case_type: str) -> Iterator[Use]:
    interface = (head_in(files.get(HEAD, "")) or {}).get("interface")
    if isinstance(interface, Mapping) and case_type in interface.get("case_types", ()):
        yield Use("interface")
