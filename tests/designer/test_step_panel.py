"""What the panel shows of a step says the step whole: saving a page loses no attribute, none added later either."""

from dataclasses import MISSING, fields, is_dataclass
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from hypothesis import given, settings
from hypothesis import strategies as st

from common.text import Text
from designer.step_notices import FIELDS
from designer.step_panel import step_element, step_said
from designer.step_typing import step_changed, typed
from procedure_library.bpmn import Steps
from procedure_library.definition import Duration, Step
from procedure_library.guidance import StepNotice
from procedure_library.linking import Call
from procedure_library.structure import plain

WORDS = st.sampled_from(("ký", "thẩm tra", "x1"))


def of(hint: Any, is_required: bool) -> st.SearchStrategy[Any]:
    """Values of an attribute by its type, so that what is added to a step is tried as well."""
    members = get_args(hint)
    if NoneType in members:
        return st.none() | of(next(member for member in members if member is not NoneType), True)
    if get_origin(hint) is Literal:
        return st.sampled_from(members)
    if get_origin(hint) is tuple and members[0] is StepNotice:
        return st.sets(st.sampled_from(tuple(FIELDS)), max_size=3).map(_notices)
    if get_origin(hint) is tuple:
        return st.lists(of(members[0], True), max_size=2).map(tuple)
    if hint is Text:
        return st.builds(Text, WORDS, st.just("") | WORDS) | (
            st.nothing() if is_required else st.just(Text(""))
        )
    if hint is Duration:
        return st.builds(Duration, st.integers(1, 99), st.sampled_from(("working_day", "calendar_day")))
    if hint is Call:
        return st.none()
    if is_dataclass(hint):
        # One that says nothing is none.
        return record(hint).filter(lambda made: bool(plain(made)))
    if hint is bool:
        return st.booleans()
    return st.integers(1, 9) if hint is int else WORDS | (st.nothing() if is_required else st.just(""))


def _notices(places: set[Any]) -> tuple[StepNotice, ...]:
    """At most one for each reader on each occasion, in the order of the panel."""
    return tuple(StepNotice(*place, Text("ký", "signs")) for place in FIELDS if place in places)


def record(kind: Any) -> st.SearchStrategy[Any]:
    hints = get_type_hints(kind)
    needed = {f.name for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING}
    return st.builds(kind, **{name: of(hint, name in needed) for name, hint in hints.items()})


class Empty(dict[str, str]):
    """A form in which nothing was asked and nothing typed."""

    def getlist(self, _name: str) -> list[str]:
        return []


@given(record(Step), st.builds(Call, WORDS, WORDS, st.just("")))
@settings(max_examples=300, deadline=None)
def test_a_step_is_said_back_whole(step: Step, call: Call) -> None:
    said = {name: getattr(step, name) for name in Step.__slots__}
    whole = Step(**{**said, "key": "k", "call": call if step.kind == "call" else None})
    element = step_element(Steps((whole,), ()), whole, lambda each: each.key)
    assert step_said(whole, element) == whole
    changed = step_changed(Steps((whole,), ()), whole, typed(element, Empty()), ())
    assert getattr(changed, "key", None) == "k"
