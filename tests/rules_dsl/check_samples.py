"""For each finding of the checks a text that shows it, at the place marked ‸, and one that puts it right."""

from tests.rules_dsl.world import DAY, INTEGER, MONEY, TEXT, YES_NO, form, one_of, rows

HERE = "‸"
FORM = form(
    count={**INTEGER, "minimum": 1},
    zero=INTEGER,
    price=MONEY,
    dollars={"type": "integer", "x-motcua-currency": "USD"},
    born_on=DAY,
    at_home=YES_NO,
    kind=one_of("house", "shop"),
    floors_=INTEGER,
    note_=TEXT,
    spouse_=form(born_on=DAY, name=TEXT),
    child=form(born_on=DAY),
    documents=rows(pages=INTEGER, copies=INTEGER),
    visits=rows(days=INTEGER),
)
FORM["if"] = {"properties": {"kind": {"const": "house"}}, "required": ["kind"]}
FORM["then"] = {"required": ["floors"]}
LATER = form(decision_note=TEXT)

# A table by twelve keys whose rows cut each number into four: nothing short of trying all 4¹¹ cases tells
# whether one is left out.
WIDE = f"table t ({'count, ' * 11}at_home) first cites “L”"
NARROW = f" row {'any, ' * 11}yes gives 1 row {'any, ' * 11}no gives 2"


def cut(column: int, limit: int) -> str:
    cells = [f"from {limit}" if number == column else "any" for number in range(11)]
    return f" row {', '.join(cells)}, yes gives 3"


def nested(name: str) -> str:
    for _ in range(7):
        name = f"at_home or not (not at_home and {name})"
    return name


# code → (what is wrong, what is right); `cites` and `language en` are added.
SAMPLES: dict[str, tuple[str, str]] = {
    "rules.unknown_name": ("charge f cites “L” pay ‸prise", "charge f cites “L” pay price"),
    "rules.unknown_name_alone": ("charge f cites “L” pay ‸zyx", "charge f cites “L” pay price"),
    "rules.fact_too_early": (
        "condition c requires ‸decision_note = “x”",
        "condition c requires (note otherwise “x”) = “x”",
    ),
    "rules.word_not_name": ("condition c requires kind = ‸house", "condition c requires kind is house"),
    "rules.unknown_value": ("condition c requires kind is ‸hous", "condition c requires kind is house"),
    "rules.duplicate_name": (
        "condition c requires at_home ‸condition c requires not at_home",
        "condition c requires at_home condition d requires not at_home",
    ),
    "rules.name_of_field": ("‸let price = 3", "let cost = 3"),
    "rules.circular": ("‸let a = a + 1", "let a = count + 1"),
    "rules.long_chain": (
        "let a0 = count " + " ".join(f"{'‸' * (n == 40)}let a{n} = a{n - 1}" for n in range(1, 45)),
        "let a0 = count " + " ".join(f"let a{n} = a{n - 1}" for n in range(1, 40)),
    ),
    "rules.deep_chain": (
        "let b0 = at_home "
        + " ".join(f"{'‸' * (n == 6)}let b{n} = {nested(f'b{n - 1}')}" for n in range(1, 7)),
        "let b0 = at_home " + " ".join(f"let b{n} = {nested(f'b{n - 1}')}" for n in range(1, 6)),
    ),
    "rules.wrong_kind": ("charge f cites “L” pay ‸born_on", "charge f cites “L” pay price"),
    "rules.kinds_not_compared": (
        "condition c requires ‸born_on > price",
        "condition c requires born_on > child.born_on",
    ),
    "rules.kinds_not_combined": (
        "charge f cites “L” pay price + ‸count",
        "charge f cites “L” pay price * count",
    ),
    "rules.units_do_not_mix": (
        "charge f cites “L” pay price + ‸dollars",
        "charge f cites “L” pay price + 1 VND",
    ),
    "rules.given_needs_fact": (
        "let a = 3 condition c requires ‸given a",
        "let a = 3 condition c requires given note",
    ),
    "rules.arguments": (
        "condition c requires ‸age(born_on) > 17",
        "condition c requires age(born_on, dossier.received_on) > 17",
    ),
    "rules.period_in_hours": (
        "condition c requires born_on within ‸3 clock hours of child.born_on",
        "condition c requires born_on within 3 days of child.born_on",
    ),
    "rules.rounding_unit": (
        "charge f cites “L” pay rounded(price, ‸0 VND)",
        "charge f cites “L” pay rounded(price, 1_000 VND)",
    ),
    "rules.count_of_cells": (
        "table t (kind, at_home) first cites “L” ‸row house gives 5 VND row any, any gives 6 VND",
        "table t (kind, at_home) first cites “L” row house, yes gives 5 VND row any, any gives 6 VND",
    ),
    "rules.too_many_keys": (
        f"‸table t ({', '.join(['at_home'] * 13)}) first cites “L” row {', '.join(['any'] * 13)} gives 5",
        f"table t ({', '.join(['at_home'] * 12)}) first cites “L” row {', '.join(['any'] * 12)} gives 5",
    ),
    "rules.case_without_row": (
        "‸table t (kind, count) unique cites “L” row house, any gives 5 VND row shop, below 3 gives 6 VND",
        "table t (kind, count) unique cites “L” row house, any gives 5 VND row shop, any gives 6 VND",
    ),
    "rules.row_never_applies": (
        "table t (kind) first cites “L” row {house, shop} gives 5 VND ‸row any gives 6 VND",
        "table t (kind) first cites “L” row house gives 5 VND row any gives 6 VND",
    ),
    "rules.rows_overlap": (
        "table t (count) unique cites “L” row up to 5 gives 5 VND ‸row from 5 gives 6 VND",
        "table t (count) unique cites “L” row up to 5 gives 5 VND row above 5 gives 6 VND",
    ),
    "rules.table_too_wide": (
        "‸" + WIDE + "".join(cut(n, limit) for n in range(11) for limit in (9, 6, 3)) + NARROW,
        WIDE + NARROW,
    ),
    "rules.too_few_points": (
        "‸interpolate i by price cites “L” at 5 gives 5%",
        "interpolate i by price cites “L” at 5 gives 5% at 6 gives 3%",
    ),
    "rules.points_out_of_order": (
        "interpolate i by price cites “L” at 5 gives 5% ‸at 5 gives 3%",
        "interpolate i by price cites “L” at 5 gives 5% at 6 gives 3%",
    ),
    "rules.row_outside": (
        "condition c requires ‸documents.pages > 3",
        "condition c requires any(documents.pages > 3)",
    ),
    "rules.no_rows": (
        "condition c requires ‸sum(count) > 3",
        "condition c requires sum(documents.pages) > 3",
    ),
    "rules.not_rows": (
        "‸charge f cites “L” for each child pay 5 VND",
        "charge f cites “L” for each documents pay 5 VND * documents.pages",
    ),
    "rules.two_groups": (
        "condition c requires ‸sum(documents.pages * visits.days) > 3",
        "condition c requires sum(documents.pages) > sum(visits.days)",
    ),
    "rules.rows_in_rows": (
        "condition c requires ‸sum(documents.pages * sum(documents.copies)) > 3",
        "condition c requires sum(documents.pages) * sum(documents.copies) > 3",
    ),
    "rules.rows_may_be_empty": (
        "condition c requires ‸largest(documents.pages) > 3",
        "condition c requires (largest(documents.pages) otherwise 0) > 3",
    ),
    "rules.outside_bracket": (
        "charge f cites “L” pay 3% of ‸whole",
        "charge f cites “L” by price above pay 3% of whole",
    ),
    "rules.may_be_absent": (
        "condition c requires ‸note = “x”",
        "condition c requires given note and note = “x”",
    ),
    "rules.may_divide_by_zero": (
        "charge f cites “L” pay price / ‸zero",
        "charge f cites “L” pay price / count",
    ),
    "rules.no_otherwise": (
        "‸charge f cites “L” pay 5 VND when at_home",
        "charge f cites “L” pay 5 VND when at_home otherwise pay 6 VND",
    ),
    "rules.never_applies": (
        "charge f cites “L” pay 5 VND ‸pay 6 VND when at_home",
        "charge f cites “L” pay 6 VND when at_home otherwise pay 5 VND",
    ),
    "rules.bracket_gap": (
        "charge f cites “L” ‸by price below 5 million pay 1 VND below 9 million pay 2 VND above 9 million pay 3 VND",
        "charge f cites “L” by price below 5 million pay 1 VND up to 9 million pay 2 VND above pay 3 VND",
    ),
    "rules.bracket_never_applies": (
        "charge f cites “L” by price up to 20 million pay 2 VND ‸up to 10 million pay 1 VND above pay 3 VND",
        "charge f cites “L” by price up to 10 million pay 1 VND up to 20 million pay 2 VND above pay 3 VND",
    ),
    "rules.reductions_not_combined": (
        "charge f cites “L” pay price reduce by 50% when at_home ‸reduce by 10% when count > 3",
        "charge f cites “L” reductions highest only pay price reduce by 50% when at_home reduce by 10% when count > 3",
    ),
    "rules.no_citation": ("‸charge f pay price", "charge f cites “L” pay price"),
    "rules.bare_days": ("term t cites “L” ‸15 days", "term t cites “L” 15 working days"),
    "rules.hours_need_working_days": (
        "term t cites “L” ‸15 calendar days counted by hours 08:00 to 12:00",
        "term t cites “L” 15 working days counted by hours 08:00 to 12:00",
    ),
    "rules.hours_out_of_order": (
        "‸term t cites “L” 3 working days counted by hours 13:00 to 17:00 and 08:00 to 12:00",
        "term t cites “L” 3 working days counted by hours 08:00 to 12:00 and 13:00 to 17:00",
    ),
    "rules.dates_reversed": (
        "‸charge f cites “L” from 2025-01-01 until 2024-01-01 pay price",
        "charge f cites “L” from 2024-01-01 until 2025-01-01 pay price",
    ),
    "rules.grades_out_of_order": (
        "charge f cites “L” per count from 3 pay 1 VND ‸from 1 pay 2 VND",
        "charge f cites “L” per count from 1 pay 2 VND from 3 pay 1 VND",
    ),
    "rules.bounds_reversed": (
        "parameter p ‸set by province between 5 VND and 3 VND",
        "parameter p set by province between 3 VND and 5 VND",
    ),
    "rules.parameter_kinds": (
        "parameter p set by province between 0 VND and ‸5",
        "parameter p set by province between 0 VND and 5 VND",
    ),
    "rules.no_such_rule": (
        "let a = 3 example “e” expect ‸a = 3",
        "condition c requires at_home example “e” given at_home = yes expect c = yes",
    ),
    "rules.constant_in_example": (
        "parameter p cites “L” 5 VND charge f cites “L” pay p example “e” given ‸p = 4 VND expect f = 4 VND",
        (
            "parameter p cites “L” 5 VND charge f cites “L” pay p"
            " example “e” given dossier.received_on = 2026-03-02 expect f = 5 VND"
        ),
    ),
    "rules.example_fact": (
        "charge f cites “L” pay 1 VND * count ‸example “e” given count = 2.5 expect f = 4 VND",
        "charge f cites “L” pay 1 VND * count example “e” given count = 2 expect f = 2 VND",
    ),
    "rules.example_fails": (
        "charge f cites “L” pay price example “e” given price = 3 VND expect ‸f = 4 VND",
        "charge f cites “L” pay price example “e” given price = 3 VND expect f = 3 VND",
    ),
    "rules.example_unknown": (
        "charge f cites “L” pay price example “e” expect ‸f = 4 VND",
        "charge f cites “L” pay price example “e” given price = 4 VND expect f = 4 VND",
    ),
}
