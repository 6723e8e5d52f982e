"""No file that a person could write is too much: what is read twice is worked out once, and every list ends."""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from common.money import Money
from rules_dsl.checks import MOST_FINDINGS, check
from rules_dsl.facts import scope
from rules_dsl.parser import parse
from tests.rules_dsl.world import INTEGER, MONEY, book, facts, form, reference

FORM = form(count=INTEGER, price=MONEY)
KNOWN = scope(FORM)
LEVELS = 36
# Each level reads the one below twice: worked out anew each time, the top would take 2³⁶ steps.
DOUBLED = {
    "lets": ("let a0 = price", "let a{n} = a{m} + a{m}"),
    "amounts": ('charge a0 cites "L" pay price', 'charge a{n} cites "L" pay a{m} + a{m}'),
    "tables": (
        "let a0 = price",
        'table t{n} (a{m}, a{m}) first cites "L" row above 0, any gives 2 row any, any gives 0 let a{n} = a{m} * t{n}',
    ),
    "interpolations": (
        "let a0 = price",
        'interpolate i{n} by a{m} + a{m} cites "L" at 0 gives 2 at 9 gives 2 let a{n} = a{m} * i{n}',
    ),
}


@contextmanager
def soon() -> Iterator[None]:
    before = time.process_time()
    yield
    assert time.process_time() - before < 5


@pytest.mark.parametrize("kind", DOUBLED)
def test_what_is_read_twice_is_worked_out_once(kind: str) -> None:
    first, following = DOUBLED[kind]
    levels = LEVELS // 2 if kind in ("tables", "interpolations") else LEVELS
    lines = [following.format(n=n, m=n - 1) for n in range(1, levels)]
    with soon():
        text = "\n".join(["language en", first, *lines, f'fee top cites "L" pay a{levels - 1}'])
        rules = book(text, KNOWN)
        value = rules.evaluate("top", facts(KNOWN, {"count": 1, "price": 1}), reference()).value
    assert value == Money(2 ** (levels - 1))


# Thirteen names of which the last is nested 97 deep.
STAIRS = "let a0 = price " + " ".join(
    f"let a{n} = " + "(" * 7 + f"a{n - 1}" + " + 1 VND)" * 7 for n in range(1, 13)
)


@pytest.mark.parametrize(
    ("last", "named"),
    [
        ("let b = (a12 + 1 VND) + 1 VND", []),
        ("let b = ((a12 + 1 VND) + 1 VND) + 1 VND", ["b"]),
        ("let b = ((a12 + 1 VND) + 1 VND) + 1 VND let c = b + 1 VND let d = b + 2 VND", ["b"]),
        ("condition c requires a12 + 1 VND > price", []),
        ("condition c requires (a12 + 1 VND) + 1 VND > price", ["c"]),
        ("condition c requires " + "(" * 8 + "count" + " + 1)" * 8 + " > 3", []),
    ],
)
def test_names_nest_a_hundred_deep_and_no_deeper(last: str, named: list[str]) -> None:
    findings = check(parse(f"language en {STAIRS} {last}").rules, KNOWN, reference())
    assert [(finding.code, finding.parameters) for finding in findings] == [
        ("rules.deep_chain", {"name": name, "most": 100}) for name in named
    ]


@pytest.mark.parametrize(("names", "named"), [(40, []), (41, ["a41"]), (43, ["a41"])])
def test_names_lead_to_forty_others_and_no_more(names: int, named: list[str]) -> None:
    text = "let a1 = price " + " ".join(f"let a{n} = a{n - 1}" for n in range(2, names + 1))
    findings = check(parse(f"language en {text}").rules, KNOWN, reference())
    assert [(finding.code, finding.parameters) for finding in findings] == [
        ("rules.long_chain", {"name": name, "most": 40}) for name in named
    ]


def test_a_check_tells_no_more_than_a_person_mends() -> None:
    rules = parse("language en\n" + "\n".join(f"let a{n} = b{n}" for n in range(300))).rules
    findings = check(rules, KNOWN, reference())
    codes = Counter(finding.code for finding in findings)
    assert (len(findings), codes["rules.too_many_mistakes"]) == (MOST_FINDINGS + 1, 1)


def test_a_table_of_thousands_of_rows_is_looked_through_soon() -> None:
    rows = "".join(f" row from {n} below {n + 1}, any gives {n} VND" for n in range(3_000))
    text = f'language en table t (count, price) unique cites "L"{rows} row from 3_000, above 5 gives 7 VND'
    with soon():
        parsed = parse(text)
    with soon():
        (finding,) = check(parsed.rules, KNOWN, reference())
    case = "count = 3000, price = 0 VND"
    assert finding.parameters == {"name": "t", "case": case, "case_en": case}
