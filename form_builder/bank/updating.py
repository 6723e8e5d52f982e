"""A newer version of a block offered to a form that uses an older one, and taken."""

from collections.abc import Collection, Sequence
from typing import Any

from common.problems import Refusal
from form_builder.bank.cutting import cut, outside_tests
from form_builder.bank.merging import Merge, merged
from form_builder.bank.origins import Source, Use
from form_builder.bank.putting import free_names, joined, named_in, written
from form_builder.conditions import conditions_on
from form_builder.editing.cases import with_cases, without_field
from form_builder.editing.pages import PAGES, pages_of, with_pages
from form_builder.editing.tree import Schema, holder_at, with_holder, without_new_empty
from form_builder.parts import STEPS


def offered(
    schema: Schema, use: Use, base: Schema, newest: Schema, theirs_at: Collection[str] = ()
) -> Merge | Refusal:
    """What the use would ask with the newest version. `base` is the version that was put in."""
    mine = cut(schema, use.holder, use.names)
    return mine if isinstance(mine, Refusal) else merged(base, mine.block, newest, theirs_at)


def updated(schema: Schema, use: Use, block: Schema, source: Source) -> dict[str, Any]:
    """The form whose use asks what the block says, from now on as a use of that version.

    Questions keep their keys and seats; new ones come after the one they follow in the block. What the form says
    of them besides (a condition on a question of its own) stays.
    """
    inside = holder_at(schema, use.holder)
    now = Use(source, use.number, use.holder, free_names(block, named_in(inside), use.names))
    old, new = list(use.names.values()), list(now.names.values())
    changed = with_holder(schema, use.holder, lambda holder: _asking(holder, old, written(block, now)))
    if use.holder or PAGES not in schema:
        order = seated(inside["properties"], old, new)
        return with_holder(changed, use.holder, lambda holder: _in_order(holder, order))
    return with_pages(changed, _seated_on_pages(pages_of(schema), old, new))


def seated(items: Collection[Any], old: Sequence[str], new: Sequence[str]) -> list[Any]:
    """The items with the keys `new` in the seats of `old`: those in both take turns at their own seats, a further
    one comes after the one it follows, who is only in `old` leaves."""
    staying = iter([key for key in new if key in old])
    order = [next(staying) if each in old and each in new else each for each in items]
    for number, key in enumerate(new):
        if key not in old:
            before = next((each for each in reversed(new[:number]) if each in order), None)
            first = min((order.index(each) for each in old if each in order), default=len(order))
            order.insert(first if before is None else order.index(before) + 1, key)
    return [each for each in order if each in new or each not in old]


def _seated_on_pages(pages: list[dict[str, Any]], old: Sequence[str], new: Sequence[str]) -> Any:
    # A number ends each page: questions may change seats across pages.
    flat = [item for number, page in enumerate(pages) for item in (*page["fields"], number)]
    order = seated(flat, old, new)
    ends = [-1, *(order.index(number) for number in range(len(pages)))]
    return [
        {**page, "fields": order[ends[number] + 1 : ends[number + 1]]} for number, page in enumerate(pages)
    ]


def _in_order(inside: Schema, order: Sequence[str]) -> dict[str, Any]:
    return {**inside, "properties": {key: inside["properties"][key] for key in order}}


def _asking(inside: Schema, old: Sequence[str], part: Schema) -> dict[str, Any]:
    """The object that asks the part in place of what it asked under the old keys."""
    outside = {key: tests for key in old if (tests := outside_tests(inside, key, old))}
    rest = _without_said(inside, old, outside)
    for gone in [key for key in old if key not in part["properties"]]:
        rest = without_field(rest, gone)
    demanded = part.get("required", ())
    asked = joined(rest, _freed(inside, part, outside))
    for key in outside:
        if key in part["properties"]:
            tests = tuple(case.test for case in conditions_on(key, "", asked))
            is_required = key in demanded or _in_every_case(part, key)
            asked = with_cases(asked, key, tests, required=is_required)
    return asked


def _without_said(inside: Schema, keys: Sequence[str], outside: Any) -> dict[str, Any]:
    """The object without what it says about these questions among each other."""
    rest = dict(inside)
    for key in keys:
        rest = with_cases(rest, key, outside.get(key, ()), required=False)
    needs = {
        given: [need for need in needed if given not in keys or need not in keys]
        for given, needed in rest.get("dependentRequired", {}).items()
    }
    kept = {given: needed for given, needed in needs.items() if needed}
    return without_new_empty(inside, {**rest, "dependentRequired": kept}, "dependentRequired")


def _freed(inside: Schema, part: Schema, outside: Any) -> dict[str, Any]:
    """The part with what the form's own questions say besides; who has a condition outside is not always asked."""
    before = inside["properties"]
    nodes = {
        key: {**node, **{name: before[key][name] for name in (STEPS,) if name in before.get(key, {})}}
        for key, node in part["properties"].items()
    }
    required = [key for key in part.get("required", ()) if key not in outside]
    return without_new_empty(part, {**part, "properties": nodes, "required": required}, "required")


def _in_every_case(part: Schema, key: str) -> bool:
    cases = conditions_on(key, "", part)
    return bool(cases) and all(case.required for case in cases)
