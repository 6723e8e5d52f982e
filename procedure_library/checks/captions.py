"""What people read of a definition: every text that somebody wrote, with the part and the place that it stands in."""

from collections.abc import Iterator
from dataclasses import dataclass

from common.text import Text
from procedure_library.definition import Definition, Step

# Steps where nobody works need no words: the drawing shows them.
SILENT = ("start", "branch", "split", "join", "inclusive")


@dataclass(frozen=True, slots=True)
class Caption:
    """`part` is a word of the sentences («@procedures.part.steps»); `where` and `line` as in a finding."""

    part: str
    where: str
    text: Text
    line: int | None = None


def captions(definition: Definition) -> Iterator[Caption]:
    """Those that are texts of the definition itself, in its order; form and rules keep theirs in their own way."""
    yield from _general(definition)
    yield from (Caption("case_types", kind.key, kind.name) for kind in definition.case_types)
    for step in definition.steps:
        yield from (Caption("steps", where, text) for where, text in _of_step(step))
    yield from (Caption("letters", f"letters/{each.key}.typ", each.name) for each in definition.letters)
    yield from (Caption("examples", f"examples/{each.key}.json", each.name) for each in definition.examples)


def _general(definition: Definition) -> Iterator[Caption]:
    for name in ("name", "domain_area", "summary"):
        yield Caption("head", name, getattr(definition, name))
    yield from (Caption("head", each.number, each.title) for each in definition.legal_basis)
    yield from (Caption("head", each.key, each.name) for each in definition.results)
    for name in ("left_out", "by_hand"):
        texts = enumerate(getattr(definition, name))
        yield from (Caption("head", f"{name}.{number}", text) for number, text in texts)


def _of_step(step: Step) -> Iterator[tuple[str, Text]]:
    if step.kind not in SILENT:
        yield step.key, step.name
    said = (step.instructions, *([step.duty.who] if step.duty else []))
    yield from ((step.key, text) for text in said if text.vi or text.en)
    yield from ((f"{step.key}.{outcome.key}", outcome.label) for outcome in step.outcomes)
    yield from ((f"{step.key}.{ask.key}", ask.name) for ask in step.asks)
