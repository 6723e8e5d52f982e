"""Letters that officials print at a task: offered there, kept in the dossier, and one that must be there first."""

import re
from dataclasses import replace
from datetime import date
from html import unescape
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader

from common.problems import Refusal
from common.text import Text
from procedure_library.definition import Letter as DefinedLetter
from procedure_library.definition import Step
from runtime import tasks
from runtime.demo.accounts import PASSWORD
from runtime.letters.printing import print_stored
from runtime.models.dossiers import Dossier
from runtime.models.papers import Letter
from runtime.models.tasks import Task
from runtime.office import Office
from runtime.replay import replay, verify
from tests.runtime.small import MONDAY, STEPS
from tests.runtime.town import Town, publish_small
from tests.web.people import send, sign_in

SOURCE = """#let d = json(bytes(sys.inputs.data))
#set document(title: "Phiếu")
#set text(font: "Libertinus Serif")
Gửi Công an: #d.applicant.full_name, #d.official. Lý do: #d.decision.reason.
"""
LETTERS = (
    DefinedLetter("to_police", Text("Phiếu xác minh", "Verification"), SOURCE),
    DefinedLetter("note", Text("Phiếu trình", "Note"), SOURCE),
)


def steps() -> tuple[Step, ...]:
    offered = {"prints": ("note",), "must_print": ("to_police",)}
    return tuple(replace(step, **offered) if step.key == "examine" else step for step in STEPS)


@pytest.fixture
def dossier(town: Town) -> Dossier:
    publish_small(town.session, MONDAY, date(2026, 3, 1), steps=steps(), letters=LETTERS)
    return town.received()


def printed(town: Town, dossier: Dossier, letter: str = "to_police") -> Task | Refusal:
    task = town.task(dossier)
    return tasks.print_letter(town.session, task, letter, by=town.official(task.role), at=MONDAY)


def words(page: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))


def test_a_task_is_not_completed_without_its_letter(town: Town, dossier: Dossier) -> None:
    refused = town.complete(dossier, "fit")
    said = {"letter": "Phiếu xác minh", "letter_en": "Verification"}
    assert refused == Refusal("dossiers.letter_not_printed", said)
    assert isinstance(printed(town, dossier), Task)
    assert isinstance(town.complete(dossier, "fit"), Task)
    assert (replay(town.session, dossier), verify(town.session, dossier)) == ((), ())


def test_who_asks_the_applicant_for_more_needs_no_letter_yet(town: Town, dossier: Dossier) -> None:
    assert isinstance(town.complete(dossier, "incomplete", reason="Thiếu bản gốc"), Task)


def test_the_paper_is_typeset_before_any_decision(town: Town, dossier: Dossier, office: Office) -> None:
    printed(town, dossier)
    (letter,) = town.all(Letter, kind="own")
    stored = print_stored(town.session, letter.id, office.files)
    with office.files.open(str(stored.digest)) as pdf:
        text = PdfReader(BytesIO(pdf.read())).pages[0].extract_text()
    assert dossier.applicant["full_name"] in text
    assert town.official("case_officer").name in text


def test_a_step_prints_its_own_letters_only(town: Town, dossier: Dossier) -> None:
    assert printed(town, dossier, "certificate") == Refusal("dossiers.no_such_letter")
    printed(town, dossier)
    town.complete(dossier, "fit")
    assert printed(town, dossier, "note") == Refusal("dossiers.no_such_letter")


def test_the_desk_offers_them_first_and_the_applicant_does_not_see_them(
    town: Town, dossier: Dossier, client: FlaskClient
) -> None:
    page = f"/desk/tasks/{town.task(dossier).id}"
    sign_in(client, "thuly", PASSWORD)
    before = words(client.get(page).text)
    assert "Văn bản của bước này Phiếu xác minh Phải in trước khi hoàn thành In : Phiếu xác minh" in before
    assert before.index("Phiếu xác minh") < before.index("Kết quả của việc này")
    refused = send(client, f"{page}/completion", page, outcome="fit")
    assert "Chưa in «Phiếu xác minh»" in unescape(refused.text)
    assert send(client, f"{page}/letters/to_police", page).status_code == 303
    (letter,) = town.all(Letter, kind="own")
    after = client.get(page).text
    assert f"/letters/{letter.id}" in after
    assert "Phiếu xác minh Đã in" in words(after)
    assert "đã in «Phiếu xác minh»" in words(client.get(f"/desk/dossiers/{dossier.code}").text)
    client.post("/sign-out")
    sign_in(client, "congdan", PASSWORD)
    assert client.get(f"/letters/{letter.id}").status_code == 404
    assert "Phiếu xác minh" not in words(client.get(f"/my/dossiers/{dossier.filing_number}").text)


def test_the_same_form_prints_once(town: Town, dossier: Dossier) -> None:
    task = town.task(dossier)
    by, once = town.official(task.role), f"{dossier.events}-form.typed"
    for _ in range(2):
        assert isinstance(
            tasks.print_letter(town.session, task, "to_police", once=once, by=by, at=MONDAY), Task
        )
    assert len(town.all(Letter, kind="own")) == 1
