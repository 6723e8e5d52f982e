"""What people call the outcomes that a branch goes by: those of the steps before it. The same key may have other
words elsewhere: "granted" is a signature here, and how a linked dossier ended there. And a walk by its steps."""

from collections.abc import Mapping, Sequence

from common.text import Text
from procedure_library.definition import Step, Transition
from procedure_library.semantics import Drawn


def outcomes_before(
    steps: tuple[Step, ...], transitions: tuple[Transition, ...]
) -> Mapping[str, Mapping[str, Text]]:
    """By branch the labels of the outcomes before it; where none of them has the key, those of any step."""
    known = {step.key: step for step in steps}
    anywhere = {outcome.key: outcome.label for step in steps for outcome in step.ways}
    before: dict[str, dict[str, Text]] = {step.key: dict(anywhere) for step in steps if step.kind == "branch"}
    for way in transitions:
        if way.on is None and way.target in before and way.source in known:
            before[way.target] |= {outcome.key: outcome.label for outcome in known[way.source].ways}
    return before


def walked(drawn: Drawn, path: Sequence[str]) -> Text | None:
    """The walk of a finding as «Tiếp nhận → Thẩm tra → …»: the steps left on it, and the one where it ends, as far as
    they have names. None where there is nothing to tell."""
    names = {step.key: step.name for step in drawn.steps}
    sources = {way.key: way.source for way in drawn.transitions}
    further = [*path, ""][1:]
    left = (key for key, on in zip(path, further, strict=True) if not on or sources.get(on) == key)
    told = [names[key] for key in left if key in names and names[key].vi]
    if not told:
        return None
    return Text(" → ".join(name.vi for name in told), " → ".join(name.in_("en") for name in told))
