"""The steps of a draft as a list to work on: in the order of the walk, each with its ways out and what is wrong."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from common.problems import Finding
from common.text import Text
from designer.offers import Offers
from procedure_library.bpmn import Steps
from procedure_library.definition import Step, Transition
from procedure_library.spoken_ways import outcomes_before
from procedure_library.step_editing import walk


@dataclass(frozen=True, slots=True)
class ListedWay:
    """A way out. `words` None: nothing is said of when it is taken. `target` None: it leads to no step."""

    way: Transition
    target: Step | None
    words: Text | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class ListedStep:
    """`is_led_to` False: no way leads to it, and it is not where everything begins."""

    step: Step
    ways: tuple[ListedWay, ...]
    findings: tuple[Finding, ...]
    is_led_to: bool


def listed_steps(steps: Steps, offered: Offers, found: Iterable[Finding]) -> tuple[ListedStep, ...]:
    by_key: dict[str, list[Finding]] = {}
    for finding in found:
        by_key.setdefault(finding.where.partition(".")[0], []).append(finding)
    words, known = dict(_words(steps, offered)), {step.key: step for step in steps.steps}
    led_to = {way.target for way in steps.transitions}
    ways = {key: [way for way in steps.transitions if way.source == key] for key in known}
    return tuple(
        ListedStep(
            step,
            tuple(
                ListedWay(way, known.get(way.target), words.get(way.key), tuple(by_key.get(way.key, ())))
                for way in ways[step.key]
            ),
            tuple(by_key.get(step.key, ())),
            step.kind == "start" or step.key in led_to,
        )
        for step in walk(steps)
    )


def _words(steps: Steps, offered: Offers) -> Iterator[tuple[str, Text]]:
    """By transition what its value is called; its key where nothing calls it anything."""
    before = outcomes_before(steps.steps, steps.transitions)
    kinds = {step.key: step for step in steps.steps}
    for way in steps.transitions:
        if way.when and way.source in kinds:
            yield way.key, _called(way, kinds[way.source], before, offered)


def _called(way: Transition, source: Step, before: Mapping[str, Mapping[str, Text]], offered: Offers) -> Text:
    when = way.when or ""
    if source.kind == "inclusive":
        return offered.conditions.get(when, Text(when))
    words = offered.values.get(source.choice, {}) if source.choice else before.get(source.key, {})
    return words.get(when, Text(when))
