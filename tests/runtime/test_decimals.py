"""A decimal that somebody typed stays what it is, from the form to the letter."""

from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pypdf import PdfReader

from common import exact_json
from common.problems import MotcuaError
from common.text import Text
from config import Settings
from procedure_library.definition import Letter as DefinedLetter
from runtime import applications, dossiers
from runtime.letters.printing import print_stored
from runtime.models.dossiers import Answers, Dossier
from runtime.models.papers import Letter
from runtime.office import Office
from runtime.replay import replay, verify
from tests.runtime.small import MONDAY
from tests.runtime.town import FORM, Town, publish_small

PAPER = """#let d = json(bytes(sys.inputs.data))
#set document(title: "Giấy")
#d.answers.person.area m²
"""
AREA = {
    "type": "number",
    "multipleOf": 0.1,
    "minimum": 0,
    "maximum": 100000,
    "title": "Diện tích (m²)",
    "x-motcua-en": {"title": "Area (m²)"},
}


def test_an_area_of_12_point_1_is_12_point_1_everywhere(
    town: Town, office: Office, settings: Settings
) -> None:
    form: Any = deepcopy(FORM)
    form["properties"]["person"]["properties"]["area"] = exact_json.read(exact_json.write(AREA))
    letters = (DefinedLetter("paper", Text("Giấy"), PAPER, ending="granted"),)
    publish_small(town.session, MONDAY, date(2026, 1, 1), form=form, letters=letters)
    citizen = town.citizen()
    application = town.begun(citizen)
    person = {**application.answers["person"], "area": Decimal("12.1")}
    saved = applications.save_page(
        town.session, application, "person", {"person": person}, by=citizen, at=MONDAY
    )
    assert saved == ()
    dossier = applications.submit(town.session, application, by=citizen, at=MONDAY)
    assert isinstance(dossier, Dossier)
    town.session.expire_all()
    (answers,) = town.all(Answers, dossier_id=dossier.id)
    assert answers.body["person"]["area"] == Decimal("12.1")
    assert replay(town.session, dossier) == verify(town.session, dossier) == ()
    dossiers.accept(town.session, dossier, by=town.official("reception"), at=MONDAY)
    for outcome in ("fit", "granted", "collected"):
        town.complete(dossier, outcome)
    (letter,) = town.all(Letter, kind="result")
    print_stored(town.session, letter.id, office.files)
    with office.files.open(str(letter.digest)) as pdf:
        assert "12.1" in PdfReader(pdf).pages[0].extract_text()


@pytest.mark.parametrize("text", ["0.1", "12.10", "-3", "100000.25", "7"])
def test_decimals_survive_json(text: str) -> None:
    assert exact_json.read(exact_json.write(Decimal(text))) == Decimal(text)


def test_more_digits_than_json_keeps_is_an_error_not_a_rounding() -> None:
    with pytest.raises(MotcuaError):
        exact_json.write(Decimal("0.12345678901234567890"))
