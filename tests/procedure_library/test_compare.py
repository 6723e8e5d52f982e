"""What a new version changes, named by lasting keys."""

from dataclasses import replace

from procedure_library.canonical import canonical, parsed
from procedure_library.compare import Change, compare
from procedure_library.definition import Definition, Drawing
from procedure_library.layout import drawn
from tests.procedure_library.samples import FORM, RULES, STEPS, TRANSITIONS, definition, task, to


def changes(after: Definition) -> list[Change]:
    return list(compare(definition(), after))


def test_equal_definitions_have_no_change() -> None:
    assert changes(definition()) == []


def test_a_moved_shape_is_no_change_of_the_law() -> None:
    moved = definition(drawing=drawn(STEPS, TRANSITIONS))
    assert changes(moved) == []
    assert moved.drawing != Drawing()


def test_a_changed_amount_is_a_changed_rule() -> None:
    assert [(c.kind, c.thing, c.key) for c in changes(definition(rules=RULES.replace("5_000", "6_000")))] == [
        ("changed", "rule", "issue")
    ]


def test_another_indent_is_no_change() -> None:
    assert changes(definition(rules=RULES.replace("\n  ", "\n      "))) == []


def test_an_inserted_step_is_seen_with_its_transitions() -> None:
    steps = (*STEPS, task("check"))
    transitions = tuple(
        replace(t, target="check") if t.key == "examined_sign_fit" else t for t in TRANSITIONS
    )
    found = changes(definition(steps=steps, transitions=(*transitions, to("check", "sign"))))
    assert [(c.kind, c.thing, c.key, c.attribute) for c in found] == [
        ("added", "step", "check", ""),
        ("changed", "transition", "examined_sign_fit", "target"),
        ("added", "transition", "check_sign", ""),
    ]


def test_a_renamed_step_is_the_same_step() -> None:
    renamed = tuple(replace(s, role="leader") if s.key == "sign" else s for s in STEPS)
    assert changes(definition(steps=renamed)) == [
        Change("changed", "step", "sign", "role", '"approver"', '"leader"')
    ]


def test_fields_are_compared_one_by_one() -> None:
    form = parsed(canonical(FORM))
    person = form["properties"]["person"]
    person["properties"]["copies"]["maximum"] = 20
    person["properties"]["note"] = {"type": "string", "title": "Ghi chú", "maxLength": 200}
    found = changes(definition(form=form))
    assert Change("changed", "field", "person.copies", "maximum", "10", "20") in found
    assert ("added", "field", "person.note") in [(c.kind, c.thing, c.key) for c in found]
    assert len(found) == 2


def test_what_is_gone_is_told() -> None:
    found = changes(definition(examples=(), announced_by="1/QĐ"))
    assert [(c.kind, c.thing, c.key, c.attribute) for c in found] == [
        ("changed", "head", "good_standing", "announced_by"),
        ("removed", "example", "two_copies", ""),
    ]
