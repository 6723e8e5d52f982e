"""What people call the outcomes that a branch goes by: those of the steps before it. The same key may have other
words elsewhere: "granted" is a signature here, and how a linked dossier ended there."""

from collections.abc import Mapping

from common.text import Text
from procedure_library.definition import Step, Transition


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
