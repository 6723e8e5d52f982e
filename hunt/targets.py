"""What reads a text that anybody may have typed: it answers, and it answers soon.

A target takes a text and raises when a promise is broken. The corpus of tests/rules_dsl is put to the same
targets in every run of the tests, so this module needs none of the hunting tools.
"""

import json
import os
from collections.abc import Callable, Iterable
from dataclasses import replace
from string import Formatter
from time import process_time
from typing import Any, TypeVar

from common.messages import catalogue
from common.problems import Finding
from form_builder.checks import check_form
from form_builder.schema import read_form
from rules_dsl.checks import check
from rules_dsl.facts import scope
from rules_dsl.formatter import format_rules
from rules_dsl.nodes import Language
from rules_dsl.parser import parse

Target = Callable[[str], None]
Answer = TypeVar("Answer")
# A second of the processor for every ten thousand characters, and never less than one; what is slower is asked
# again, since another program may have been in the way.
CHARACTERS_A_SECOND = 10_000
ATTEMPTS = 3
# The second is meant of a processor that adds up a million numbers in 25 ms; a slower one has as much longer.
ADDITIONS, MEANT = 1_000_000, 0.025
# Instrumented code is slower; what `make fuzz` finds slow is timed again without.
SLACK = float(os.environ.get("MOTCUA_FUZZ_SLACK", "1"))

FORM: dict[str, Any] = {
    "type": "object",
    "required": ["a", "kind", "born_on", "price", "rows"],
    "properties": {
        "a": {"type": "integer", "minimum": 0},
        "b": {"type": "number"},
        "kind": {"enum": ["house", "shop"]},
        "kinds": {"type": "array", "items": {"enum": ["house", "shop"]}},
        "born_on": {"type": "string", "format": "date"},
        "at": {"type": "string", "format": "date-time"},
        "price": {"type": "integer", "x-motcua-currency": "VND"},
        "yes": {"type": "boolean"},
        "group": {"type": "object", "required": ["a"], "properties": {"a": {"type": "integer"}}},
        "rows": {"type": "array", "items": {"type": "object", "properties": {"a": {"type": "integer"}}}},
    },
}
KNOWN = scope(FORM)


class TooSlow(AssertionError):
    """The answer came too late for the length of the text."""


def in_time(text: str, ask: Callable[[], Answer]) -> Answer:
    """The answer to the text; raises TooSlow when it takes longer than the length excuses."""
    spent = 0.0
    for _ in range(ATTEMPTS):
        before = process_time()
        answer = ask()
        spent = process_time() - before
        allowed = SLACK * max(1.0, len(text) / CHARACTERS_A_SECOND)
        if spent <= allowed or spent <= allowed * _slowness():
            return answer
    raise TooSlow(f"{spent:.1f} s for {len(text)} characters")


def _slowness() -> float:
    """How many times longer than meant the processor takes here and now; never less than one."""
    before, total = process_time(), 0
    for number in range(ADDITIONS):
        total += number
    return max(1.0, (process_time() - before) / MEANT)


def parser(text: str) -> None:
    """Reads any text; each finding stands in the text and has all that its sentence needs."""
    parsed = in_time(text, lambda: parse(text))
    last = text.count("\n") + 1
    _told(parsed.findings)
    for finding in parsed.findings:
        assert finding.line is not None, finding
        assert 1 <= finding.line <= last, finding


def checker(text: str) -> None:
    """Checks whatever was readable, with a form and without."""
    rules = parse(text).rules
    for known in (None, KNOWN):
        _told(in_time(text, lambda known=known: check(rules, known)))


def formatter(text: str) -> None:
    """What was read is laid out in the other language, reads as the same, and is laid out back the same."""
    parsed = parse(text)
    if parsed.findings:
        return
    own = parsed.rules.language
    other: Language = "vi" if own == "en" else "en"
    again = parse(in_time(text, lambda: format_rules(parsed.rules, other)))
    assert again.findings == (), again.findings
    assert again.rules == replace(parsed.rules, language=other)
    assert format_rules(again.rules, own) == format_rules(parsed.rules, own)


def form(text: str) -> None:
    """A form is refused with findings, or it can be shown and its facts are known."""
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        return
    findings = in_time(text, lambda: check_form(body))
    _told(findings)
    if not findings:
        in_time(text, lambda: (read_form(body), scope(body)))


TARGETS: dict[str, Target] = {"parser": parser, "checker": checker, "formatter": formatter, "form": form}


def _told(findings: Iterable[Finding]) -> None:
    for finding in findings:
        sentences = " ".join(catalogue()[finding.code].values())
        wanted = {name for _, name, _, _ in Formatter().parse(sentences) if name}
        assert wanted <= set(finding.parameters), finding
