"""Block-structured graphs of any shape: sound by the way they are made."""

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

from common.text import Text
from procedure_library.definition import Ask, Definition, Duration, Step, Transition
from procedure_library.linking import Call
from tests.procedure_library.samples import definition, step, task, to


@dataclass(frozen=True)
class Block:
    """A piece of graph with one way in and one way out; `entry` and `leaving` are step keys."""

    entry: str
    leaving: str
    steps: tuple[Step, ...]
    transitions: tuple[Transition, ...]


@st.composite
def block_structured(draw: st.DrawFn, calls: bool = True) -> Definition:
    """Tasks in sequence, choices, loops through a supplement and parallel parts, nested to any depth.

    `calls`: with steps that call another procedure, which must be there to be published.
    """
    numbers = iter(range(1, 10_000))
    body = draw(_blocks(numbers, depth=3, calls=calls))
    steps = (step("started", "start"), *body.steps, step("finished", "end", ending="granted"))
    transitions = (to("started", body.entry), *body.transitions, to(body.leaving, "finished"))
    return definition(steps=steps, transitions=transitions)


@st.composite
def _blocks(draw: st.DrawFn, numbers: Any, depth: int, calls: bool) -> Block:
    flat = ("task", "asked", "wait", "automatic", *(("called",) if calls else ()))
    deep = ("sequence", "either", "both", "some", "loop", "interrupted")
    shape = draw(st.sampled_from((*flat, *deep) if depth else flat))
    if shape == "task":
        key = f"task{next(numbers)}"
        return Block(key, key, (task(key),), ())
    if shape == "wait":
        return _wait(next(numbers), draw(st.sampled_from(("payment", "message", "moment"))))
    if shape == "automatic":
        return _automatic(next(numbers))
    if shape == "called":
        return _called(next(numbers))
    if shape == "asked":
        return _asked(next(numbers), draw(st.sampled_from(("consent", None))))
    fewest = 2 if shape in ("either", "both", "some") else 1
    parts = [draw(_blocks(numbers, depth - 1, calls)) for _ in range(draw(st.integers(fewest, 3)))]
    return {
        "sequence": _sequence,
        "either": _either,
        "both": _both,
        "some": _some,
        "loop": _loop,
        "interrupted": _interrupted,
    }[shape](parts, next(numbers))


def _gathered(entry: str, leaving: str, parts: list[Block], steps: Any, transitions: Any) -> Block:
    return Block(
        entry,
        leaving,
        (*steps, *(s for p in parts for s in p.steps)),
        (*transitions, *(t for p in parts for t in p.transitions)),
    )


def _asked(number: int, silence: Any) -> Block:
    key = f"asked_for{number}"
    asks = (
        Ask("police", Text("Công an", "Police"), "case_officer"),
        Ask("land", Text("Địa chính", "Land office"), "approver", budget=Duration(2, "working_day")),
    )
    consult = step(key, "consultation", asks=asks, silence=silence, budget=Duration(5, "working_day"))
    return Block(key, key, (consult,), ())


def _interrupted(parts: list[Block], number: int) -> Block:
    """A task in whose place the parts are done when it is late, or when the applicant withdraws."""
    body = _sequence(parts, number)
    work, after = f"work{number}", f"after{number}"
    steps = (task(work, budget=Duration(1, "working_day")), task(after))
    ways = (
        to(work, after),
        replace(to(work, body.entry, "late"), when=None, on="overdue"),
        replace(to(work, after, "out"), when=None, on="withdrawn"),
        to(body.leaving, after),
    )
    return _gathered(work, after, [body], steps, ways)


WAITS: dict[str, dict[str, Any]] = {
    "payment": {"collects": ("copies",)},
    "message": {"message": "tax_paid"},
    "moment": {"budget": Duration(1, "working_day")},
}


def _automatic(number: int) -> Block:
    ask, by_hand, after = f"ask{number}", f"by_hand{number}", f"after{number}"
    steps = (step(ask, "automatic", connector="tax", attempts=2), task(by_hand), task(after))
    failed = replace(to(ask, by_hand, "failed"), when=None, on="failure")
    return Block(ask, after, steps, (to(ask, after), failed, to(by_hand, after)))


def _called(number: int) -> Block:
    """Another procedure is called; what it came to is told apart, and both ways are brought together again."""
    call, ended, by_hand, done = (f"{word}{number}" for word in ("call", "ended", "by_hand", "done"))
    steps = (
        step(call, "call", call=Call("residence", "ordinary"), budget=Duration(2, "working_day")),
        step(ended, "branch"),
        task(by_hand),
        step(done, "branch"),
        task(f"after{number}"),
    )
    ways = (
        to(call, ended),
        to(ended, done, "granted"),
        to(ended, by_hand, default=True),
        replace(to(call, by_hand, "failed"), when=None, on="failure"),
        to(by_hand, done),
        to(done, f"after{number}", default=True),
    )
    return Block(call, f"after{number}", steps, ways)


def _wait(number: int, kind: str) -> Block:
    key = f"{kind}{number}"
    return Block(key, key, (step(key, kind, **WAITS[kind]),), ())


def _sequence(parts: list[Block], number: int) -> Block:
    links = [to(a.leaving, b.entry) for a, b in pairwise(parts)]
    return _gathered(parts[0].entry, parts[-1].leaving, parts, (), links)


def _either(parts: list[Block], number: int) -> Block:
    ask, asked, after = f"ask{number}", f"asked{number}", f"after{number}"
    outcomes = [f"way{i}" for i in range(len(parts))]
    ways = [to(asked, p.entry, o) for p, o in zip(parts, outcomes, strict=True)]
    back = [to(p.leaving, after) for p in parts]
    steps = (task(ask, *outcomes), step(asked, "branch"), task(after))
    return _gathered(ask, after, parts, steps, (to(ask, asked), *ways, *back))


def _both(parts: list[Block], number: int) -> Block:
    split, join = f"split{number}", f"join{number}"
    ways = [t for p in parts for t in (to(split, p.entry), to(p.leaving, join))]
    return _gathered(split, join, parts, (step(split, "split"), step(join, "join")), ways)


def _some(parts: list[Block], number: int) -> Block:
    """One part under a condition, another as the default."""
    parts = parts[:2]
    split, join = f"some{number}", f"joined{number}"
    named = [to(split, p.entry, "few") for p in parts[:-1]]
    other = to(split, parts[-1].entry, default=True)
    back = [to(p.leaving, join) for p in parts]
    steps = (step(split, "inclusive"), step(join, "join"))
    return _gathered(split, join, parts, steps, (*named, other, *back))


def _loop(parts: list[Block], number: int) -> Block:
    body = _sequence(parts, number)
    check, checked, wait, after = (f"{word}{number}" for word in ("check", "checked", "wait", "after"))
    steps = (task(check, "good", "again"), step(checked, "branch"), step(wait, "supplement"), task(after))
    ways = (
        to(body.leaving, check),
        to(check, checked),
        to(checked, after, "good"),
        to(checked, wait, "again"),
        to(wait, body.entry),
    )
    return _gathered(body.entry, after, [body], steps, ways)
