"""Tables looked through case by case: what has no row, which rows meet, which never apply.

Each line is the key, the rows, and what is found: a code, with the case it names.
"""

from typing import Any

import pytest

from rules_dsl.checks import check
from rules_dsl.facts import scope
from rules_dsl.parser import parse
from tests.rules_dsl.world import DAY, MONEY, NUMBER, TEXT, YES_NO, form, one_of, reference, rows

FORM: dict[str, Any] = form(
    kind=one_of("house", "shop", "farm"),
    ways={"type": "array", "items": {"enum": ["post", "mail"]}},
    own=YES_NO,
    floors={"type": "integer", "minimum": 1, "maximum": 9},
    size=NUMBER,
    price=MONEY,
    dollars={"type": "integer", "minimum": 0, "maximum": 900, "x-motcua-currency": "USD"},
    built_on=DAY,
    place=TEXT,
    rooms_={"type": "integer", "minimum": 0},
    papers=rows(sort=one_of("deed", "copy")),
)
LET = "let worth = price * 2"
# (keys, rows) → the case that no row takes; "": every case has its row.
MISSED = [
    ("kind", "row house gives 1 row {shop, farm} gives 2", ""),
    ("kind", "row house gives 1 row shop gives 2", "kind = farm (Farm)"),
    ("own", "row yes gives 1 row no gives 2", ""),
    ("own", "row yes gives 1", "own = no"),
    ("floors", "row up to 5 gives 1 row from 6 gives 2", ""),
    ("floors", "row up to 5 gives 1 row above 6 gives 2", "floors = 6"),
    ("floors", "row from 1 up to 9 gives 1", ""),
    ("floors", "row from 2 gives 1", "floors = 1"),
    ("floors", "row {1, 2, 3, 4, 5, 6, 7, 8} gives 1", "floors = 9"),
    ("size", "row up to 5 gives 1 row from 6 gives 2", "size = 5.5"),
    ("size", "row up to 5 gives 1 row above 5 gives 2", ""),
    ("price", "row below 5 million gives 1 row above 5 million VND gives 2", "price = 5000000 VND"),
    ("price", "row up to 4 VND gives 1 row from 5 VND gives 2", ""),
    ("dollars", "row up to 5 USD gives 1 row from 5.01 USD gives 2", ""),
    ("dollars", "row up to 5 USD gives 1 row from 5.02 USD gives 2", "dollars = 5.01 USD"),
    ("dollars", "row up to 9 USD gives 1", ""),
    ("worth", "row up to 5 VND gives 1 row from 6 VND gives 2", "worth = 5.5 VND"),
    ("built_on", "row up to 2024-12-31 gives 1 row from 2025-01-01 gives 2", ""),
    ("built_on", "row below 2024-12-31 gives 1 row from 2025-01-01 gives 2", "built_on = 2024-12-31"),
    ("place", 'row {"Hà Nội", "Huế"} gives 1', "place = …"),
    ("place", 'row "Hà Nội" gives 1 row any gives 2', ""),
    ("ways", "row post gives 1 row mail gives 2", "ways = ∅"),
    ("rooms", "row blank gives 1 row from 0 gives 2", ""),
    ("rooms", "row up to 3 gives 1 row any gives 2", ""),
    ("rooms", "row blank gives 1 row from 1 gives 2", "rooms = 0"),
    ("kind, own", "row house, yes gives 1 row any, no gives 2 row {shop, farm}, yes gives 3", ""),
    ("kind, own", "row house, any gives 1 row any, no gives 2", "kind = shop (Shop), own = yes"),
    ("kind, floors", "row house, up to 3 gives 1 row any, any gives 2 from 2030-01-01", ""),
]
# (keys, rows of a unique table) → which row meets which.
MEETING = [
    ("floors", "row up to 5 gives 1 row from 5 gives 2", (2, 1)),
    ("floors", "row below 5 gives 1 row from 5 gives 2", None),
    ("kind", "row {house, shop} gives 1 row {farm, shop} gives 2", (2, 1)),
    ("ways", "row post gives 1 row mail gives 2 row any gives 3", (2, 1)),
    ("kind, own", "row house, any gives 1 row any, yes gives 2 row {shop, farm}, no gives 3", (2, 1)),
    ("own", "row any gives 1 until 2025-06-30 row any gives 2 from 2025-07-01", None),
    ("own", "row any gives 1 until 2025-07-01 row any gives 2 from 2025-07-01", (2, 1)),
    ("own", "row any gives 1 row any gives 2 from 2025-07-01", (2, 1)),
]
# (keys, rows of a table of the first row) → the rows that never apply.
IDLE = [
    ("kind", "row {house, shop} gives 1 row shop gives 2 row any gives 3", [2]),
    ("kind", "row house gives 1 row shop gives 2 row farm gives 3 row any gives 4", [4]),
    ("floors", "row from 10 gives 1 row any gives 2", [1]),
    ("floors", "row 5.5 gives 1 row any gives 2", [1]),
    ("own", "row blank gives 1 row any gives 2", [1]),
    (
        "kind, own",
        "row house, any gives 1 row any, yes gives 2 row house, yes gives 3 row any, any gives 4",
        [3],
    ),
    ("own", "row yes gives 1 until 2025-06-30 row yes gives 2 row no gives 3", []),
    ("own", "row yes gives 1 from 2025-01-01 row yes gives 2 from 2025-07-01 row no gives 3", [2]),
    ("own", "row yes gives 1 row yes gives 2 from 2025-07-01 row no gives 3", [2]),
]


def found(keys: str, lines: str, policy: str = "unique") -> list[tuple[str, dict[str, Any]]]:
    """What is found in the table, with the rows numbered from 1."""
    text = f'language en\n{LET}\ntable t ({keys}) {policy} cites "L"\n' + lines.replace(" row ", "\nrow ")
    parsed = parse(text)
    assert parsed.findings == ()
    findings = check(parsed.rules, scope(FORM), reference())
    return [(f.code, {**f.parameters, "row": (f.line or 0) - 3}) for f in findings]


@pytest.mark.parametrize(("keys", "lines", "case"), MISSED)
def test_the_case_without_a_row_is_named(keys: str, lines: str, case: str) -> None:
    findings = found(keys, lines, "first")
    assert [told["case"] for code, told in findings if code == "rules.case_without_row"] == [case] * bool(
        case
    )
    assert {code for code, _ in findings} <= {"rules.case_without_row"}


@pytest.mark.parametrize(("keys", "lines", "meeting"), MEETING)
def test_rows_of_a_unique_table_that_meet_are_named(keys: str, lines: str, meeting: Any) -> None:
    met = [
        (told["row"], told["first"] - 3) for code, told in found(keys, lines) if code == "rules.rows_overlap"
    ]
    assert met[:1] == ([meeting] if meeting else [])


@pytest.mark.parametrize(("keys", "lines", "idle"), IDLE)
def test_rows_that_never_apply_are_named(keys: str, lines: str, idle: list[int]) -> None:
    findings = found(keys, lines, "first")
    assert [told["row"] for code, told in findings if code == "rules.row_never_applies"] == idle


def test_without_a_form_a_table_is_not_looked_through() -> None:
    parsed = parse('language en table t (kind) unique cites "L" row house gives 1')
    assert check(parsed.rules, None) == ()


@pytest.mark.parametrize(
    ("keys", "lines", "code"),
    [
        ("kind", "row 3 gives 1", "rules.kinds_not_compared"),
        ("kind", "row hous gives 1 row any gives 2", "rules.unknown_value"),
        ("own", "row house gives 1", "rules.kinds_not_compared"),
        ("floors", "row from 5 VND gives 1", "rules.kinds_not_compared"),
        ("price", "row from 5 USD gives 1", "rules.units_do_not_mix"),
        ("built_on", "row from 5 gives 1", "rules.kinds_not_compared"),
        ("price", "row 5 gives 1", "rules.kinds_not_compared"),
        ("papers", "row any gives 1", "rules.wrong_kind"),
        ("knd", "row any gives 1", "rules.unknown_name"),
        ("kind", "row any gives 1 VND row any gives 2%", "rules.parameter_kinds"),
        ("kind, own", "row house gives 1", "rules.count_of_cells"),
    ],
)
def test_what_does_not_fit_is_told_before_cases_are_tried(keys: str, lines: str, code: str) -> None:
    assert code in {each for each, _ in found(keys, lines, "first")}
