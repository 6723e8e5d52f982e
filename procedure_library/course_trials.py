"""Every example with a course is played before the procedure is law, and at every later version: what came of each
act, beside what the example says."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, cast

from common.calendar import WorkingCalendar
from common.clock import ZONE, local_date
from common.money import Money
from common.problems import Finding, Parameter, Refusal
from common.text import Text
from procedure_library.canonical import canonical
from procedure_library.checks.titles import spoken
from procedure_library.compiled import Compiled, compiled
from procedure_library.course import ACTS, SUBMIT, CourseAct
from procedure_library.definition import Channel, Definition, Example
from procedure_library.playing import Halted, Happened, Played, Player, Supposed
from procedure_library.ready_made import national_calendar
from rules_dsl.values import encode

# What an act of a course may say of the dossier after it.
NAMES = ("status", "rests", "ending", "due_on", "promised_on", "answer_by", "owed", "paid", "letters")


def try_courses(
    definition: Definition, player: Player, calendar: WorkingCalendar | None
) -> tuple[Finding, ...]:
    """What goes otherwise than the examples say, in a definition that has no other errors."""
    if not any(example.course for example in definition.examples):
        return ()
    ready = compiled(definition)
    found = (each for example in definition.examples for each in _tried(ready, example, player, calendar))
    return tuple(found)


def play_example(
    ready: Compiled, example: Example, player: Player, calendar: WorkingCalendar | None
) -> Played:
    """The course of the example, from its first act on."""
    acts = with_answers(example)
    dossier = example.facts["dossier"]
    supposed = Supposed(
        str(dossier.get("case_type", "")),
        cast(Channel, str(dossier.get("channel", "counter"))),
        calendar or national_calendar().calendar,
        example.parameters,
        str(dossier.get("area", "")),
    )
    return player(ready, supposed, acts, at=_first(acts))


def with_answers(example: Example) -> tuple[CourseAct, ...]:
    """The acts; what is answered at filing stands in the facts of the example."""
    first, *others = example.course
    if first.act == SUBMIT and not first.answers:
        first = replace(first, answers=example.facts["answers"])
    return (first, *others)


def found_after(happened: Sequence[Happened], place: int) -> dict[str, Any]:
    """How the dossier stands after the act, in the shape of `CourseAct.expect`."""
    by_then = [each for each in happened if each.place <= place]
    if not by_then:
        return {"status": "unsent", "rests": [], "owed": {}, "paid": [], "letters": []}
    standing = by_then[-1].standing
    printed = [letter for each in by_then if each.place == place for letter in each.letters]
    days = {
        "due_on": standing.due_on,
        "promised_on": standing.promised_at and local_date(standing.promised_at),
        "answer_by": standing.answer_by and local_date(standing.answer_by),
    }
    return {
        "status": standing.status,
        "rests": list(standing.rests),
        **({"ending": standing.ending} if standing.ending else {}),
        **{name: day.isoformat() for name, day in days.items() if day is not None},
        "owed": {rule: encode(amount) for rule, amount in standing.owed.items()},
        "paid": [encode(amount) for amount in standing.paid],
        "letters": [":".join(filter(None, (each.kind, each.key))) for each in printed],
    }


def expected_after(happened: Sequence[Happened], place: int) -> dict[str, Any]:
    """What is worth saying after the act: all at the end, before that what it has changed."""
    now = found_after(happened, place)
    before = found_after(happened, place - 1) if place else {}
    is_last = happened and place == happened[-1].place
    changed = {name: value for name, value in now.items() if is_last or value != before.get(name)}
    return {name: value for name, value in changed.items() if value or name == "status"}


def _tried(
    ready: Compiled, example: Example, player: Player, calendar: WorkingCalendar | None
) -> Iterator[Finding]:
    if not example.course:
        return
    definition = ready.definition
    unknown = _unknown(definition, example)
    if unknown is not None:
        yield unknown
        return
    played = play_example(ready, example, player, calendar)
    for place, act in enumerate(example.course):
        if played.halted is not None and place == played.halted.place:
            yield _halted(definition, example, played.halted)
            return
        found = found_after(played.happened, place)
        for name, wanted in act.expect.items():
            if canonical(wanted) != canonical(found.get(name)):
                yield _differs(definition, example, place, name, (wanted, found.get(name)))
                return


def _unknown(definition: Definition, example: Example) -> Finding | None:
    """The first name that nobody knows: of an act, a step, or what is expected."""
    steps = {"", *(step.key for step in definition.steps)}
    for place, act in enumerate(example.course):
        known = ((act.act, ACTS), (act.step, steps), *((name, NAMES) for name in act.expect))
        if wrong := next((name for name, among in known if name not in among), None):
            about = {**_act(definition, example, place), "what": wrong}
            return Finding("procedures.example.course_unknown_name", example.key, about)
    return None


def _halted(definition: Definition, example: Example, halted: Halted) -> Finding:
    because = halted.because if isinstance(halted.because, Refusal) else halted.because[0]
    about = {**because.parameters, **_act(definition, example, halted.place), "problem": f"@{because.code}"}
    return Finding("procedures.example.course_halted", example.key, about)


def _differs(
    definition: Definition, example: Example, place: int, name: str, values: tuple[Any, Any]
) -> Finding:
    expected, found = (_text(definition, name, value) for value in values)
    what = Text(f"@procedures.course.{name}", f"@procedures.course.{name}")
    told = {
        **_act(definition, example, place),
        **spoken({"what": what, "expected": expected, "found": found}),
    }
    return Finding("procedures.example.course_differs", example.key, told)


def _act(definition: Definition, example: Example, place: int) -> dict[str, Parameter]:
    """The number of the act as people count, and what it is."""
    act = example.course[place]
    step = next((each.name for each in definition.steps if each.key == act.step), None)
    words = f"@procedures.act.{act.act}"
    said = Text(words, words) if step is None else Text(step.vi or act.step, step.in_("en") or act.step)
    return {"number": place + 1, **spoken({"act": said, "example": example.name})}


def _text(definition: Definition, name: str, value: Any) -> Text:
    """A value as it is read: steps by their names, sums as money, days as on the papers."""
    if not value:
        return Text("@procedures.example.nothing", "@procedures.example.nothing")
    if name == "status":
        return Text(f"@procedures.status.{value}", f"@procedures.status.{value}")
    if name == "rests":
        names = {step.key: step.name for step in definition.steps}
        return _row([names.get(key, Text(str(key))) for key in value])
    if name in ("paid", "owed"):
        sums = list(value.values()) if isinstance(value, Mapping) else value
        return _row([_money(each) for each in sums])
    if name in ("due_on", "promised_on", "answer_by"):
        return Text("/".join(reversed(str(value).split("-"))))
    return Text(", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value))


def _money(value: Any) -> Text:
    money = Money(int(value["amount"]), str(value["currency"]))
    return Text(money.in_("vi"), money.in_("en"))


def _row(texts: Sequence[Text]) -> Text:
    return Text(", ".join(each.vi for each in texts), ", ".join(each.in_("en") or each.vi for each in texts))


def _first(acts: Sequence[CourseAct]) -> datetime:
    """When the first act happens; an instant that cannot be read is the player's to refuse."""
    try:
        read = datetime.fromisoformat(acts[0].at)
    except ValueError:
        return datetime(2000, 1, 1, tzinfo=ZONE)
    return read if read.tzinfo else read.replace(tzinfo=ZONE)
