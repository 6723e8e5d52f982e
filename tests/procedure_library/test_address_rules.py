"""Rules read the parts of an address, and what is proved of them is shown with an address that exists."""

from typing import Any

import pytest

from common.text import Text
from procedure_library.checks import check
from procedure_library.checks.rule_proofs import proofs
from procedure_library.checks.subject import Subject
from procedure_library.definition import Definition, Example
from procedure_library.ready_made import national_calendar
from tests.runtime.small import RULES, SUPPLEMENT, small
from tests.runtime.test_addresses import HOME, with_address
from tests.runtime.town import FORM


def verdicts(requires: str) -> dict[str, Any]:
    asked = f"requires person.copies < 10 and {requires}"
    rules = RULES.replace("requires person.copies < 10", asked).format(supplement=SUPPLEMENT["restart"])
    subject = Subject(small(form=with_address(FORM), rules=rules), national_calendar().calendar)
    found = (proof for _, verdict in proofs(subject) for proof in verdict.proofs)
    return {proof.question: proof.verdict for proof in found if proof.rule == "few"}


@pytest.mark.parametrize(
    "requires",
    [
        'person.home.province = "79"',
        'person.home.province is not "01"',
        'person.home.commune = "31894"',
    ],
)
def test_a_condition_on_an_address_is_proved_to_be_possible(requires: str) -> None:
    assert set(verdicts(requires).values()) == {"proved"}


def test_a_commune_in_another_province_is_never_possible() -> None:
    asked = 'person.home.commune = "31894" and person.home.province = "01"'
    assert verdicts(asked)["possible"] != "proved"


def example(home: dict[str, str], expect: dict[str, Any]) -> Definition:
    person = {"full_name": "Lan", "identity_number": "038190000777", "copies": 3, "home": home}
    facts = {"answers": {"person": person}, "dossier": {"case_type": "ordinary", "channel": "counter"}}
    recorded = Example("lives_here", Text("Người ở xã", "Lives here"), facts, expect)
    return small(form=with_address(FORM), examples=(recorded,))


@pytest.mark.parametrize(
    ("home", "expect"),
    [
        (HOME, {"amounts": {"copies": {"amount": 6000, "currency": "VND"}}}),
        ({**HOME, "province": "96"}, {"problems": ["person.home.commune"]}),
        ({**HOME, "commune": "99999"}, {"problems": ["person.home.commune"]}),
    ],
    ids=["right", "elsewhere", "no such commune"],
)
def test_an_example_is_tried_with_the_list_that_ships(home: dict[str, str], expect: dict[str, Any]) -> None:
    assert [found.code for found in check(example(home, expect)) if "example" in found.code] == []
