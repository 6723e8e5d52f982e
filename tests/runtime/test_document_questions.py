"""A question that asks for files: attached with the page or in pieces, named in the answer, judged when sent."""

from hashlib import sha256
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient

from common.identity.models import Account
from common.problems import Problem
from runtime import applications, dossiers
from runtime.demo.accounts import PASSWORD
from runtime.models.applications import Application
from runtime.models.dossiers import Answers, Dossier
from runtime.models.papers import Document
from tests.conftest import MONDAY_MORNING
from tests.ops.test_bad_files import MEGABYTE
from tests.ops.test_files import PDF
from tests.runtime.sending import Sender
from tests.runtime.town import FORM, Town, publish_small
from tests.support.words import bomb, packed
from tests.web.people import send, sign_in

OTHER = PDF.replace(b"1.7", b"1.6")
SCANS: dict[str, Any] = {
    "type": "array",
    "items": {"type": "string", "format": "file-digest"},
    "uniqueItems": True,
    "title": "Bản chụp giấy tờ",
    "minItems": 1,
    "maxItems": 2,
    "x-motcua-megabytes": 1,
}
ASKING = {
    **FORM,
    "x-motcua-pages": [{"key": "person", "title": {"vi": "Hồ sơ"}, "fields": ["person", "scans"]}],
    "properties": {**FORM["properties"], "scans": SCANS},
    "required": ["person", "scans"],
}


def digest(content: bytes) -> str:
    return sha256(content).hexdigest()


@pytest.fixture
def page(town: Town, client: FlaskClient) -> str:
    """The page of an application whose form asks for files, its citizen signed in."""
    publish_small(town.session, MONDAY_MORNING, form=ASKING)
    here = town.begun(at=MONDAY_MORNING)
    sign_in(client, "congdan", PASSWORD)
    return f"/applications/{here.id}/pages/person"


def here(town: Town) -> Application:
    town.session.expire_all()
    return town.all(Application)[-1]  # type: ignore[no-any-return]


def typed(town: Town, **more: Any) -> dict[str, Any]:
    return {**{f"person.{key}": str(text) for key, text in here(town).answers["person"].items()}, **more}


def file(content: bytes, name: str = "scan.pdf") -> tuple[BytesIO, str]:
    return BytesIO(content), name


def attach(
    town: Town, client: FlaskClient, page: str, content: bytes = PDF, *before: bytes, **more: Any
) -> Any:
    """Presses «Đính kèm» without a script; `before` are the files that the page shows already."""
    shown = {"scans": [digest(each) for each in before]}
    posted = {**typed(town), **shown, "scans-file": file(content), "add-file": "scans", **more}
    return send(client, page, page, **posted)


def test_a_file_attached_without_script_stands_on_the_page_with_all_that_was_typed(
    town: Town, client: FlaskClient, page: str
) -> None:
    answer = attach(town, client, page, **{"person.copies": "bảy"})
    assert answer.status_code == 200
    assert f'name="scans" value="{digest(PDF)}"' in answer.text
    assert 'value="bảy"' in unescape(answer.text)
    document = town.all(Document)[0]
    assert (document.field, document.component, document.name) == ("scans", "", "scan.pdf")
    assert f'name="scans" value="{digest(PDF)}"' in client.get(page).text


def test_saving_takes_a_chosen_file_along(town: Town, client: FlaskClient, page: str) -> None:
    posted = typed(town, **{"scans-file": file(PDF), "then": "next"})
    assert send(client, page, page, **posted).status_code == 303
    assert here(town).answers["scans"] == [digest(PDF)]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(b"", "Tệp này rỗng", id="an empty file"),
        pytest.param(b"MZ" + bytes(300), "không phải là PDF, JPEG hay PNG", id="a program called .pdf"),
        pytest.param(PDF + bytes(MEGABYTE), "Tệp lớn hơn 1 MB", id="larger than the question takes"),
        pytest.param(bytes(200 * MEGABYTE), "Tệp lớn hơn 1 MB", id="200 megabytes"),
        pytest.param(packed(), "không phải là PDF, JPEG hay PNG", id="a kind that is not asked for"),
        pytest.param(bomb(300), "không phải là PDF, JPEG hay PNG", id="a document that unpacks to 300 MB"),
    ],
)
def test_a_bad_file_is_told_of_at_its_question_and_nothing_typed_is_lost(
    town: Town, client: FlaskClient, page: str, content: bytes, words: str
) -> None:
    posted = typed(town, **{"scans-file": file(content), "then": "next", "person.copies": "7"})
    answer = send(client, page, page, **posted)
    assert (answer.status_code, 'href="#f-scans"' in answer.text) == (422, True)
    assert words in unescape(answer.text)
    assert 'name="person.copies" value="7"' in answer.text
    assert (here(town).answers["person"]["copies"], town.all(Document)) == (7, [])


def test_more_files_than_are_asked_for_are_not_kept(town: Town, client: FlaskClient, page: str) -> None:
    attach(town, client, page)
    attach(town, client, page, OTHER, PDF)
    third = attach(town, client, page, PDF + b"\n", PDF, OTHER)
    assert "chỉ nhận nhiều nhất 2 tệp" in unescape(third.text).lower()
    assert len(town.all(Document)) == 2


def test_a_file_taken_out_is_gone_and_another_takes_its_place(
    town: Town, client: FlaskClient, page: str
) -> None:
    attach(town, client, page)
    gone = typed(town, scans=digest(PDF), **{"remove-file": f"scans:{digest(PDF)}"})
    answer = send(client, page, page, **gone)
    assert (answer.status_code, 'name="scans" value=' in answer.text) == (200, False)
    assert town.all(Document) == []
    assert f'value="{digest(OTHER)}"' in attach(town, client, page, OTHER).text


def test_a_file_sent_in_pieces_becomes_the_answer_once_the_page_is_saved(
    town: Town, client: FlaskClient, page: str
) -> None:
    sender, uploads = Sender(client, page), f"/applications/{here(town).id}/uploads"
    place = sender.announce(uploads, PDF, component="", field="scans").headers["Location"]
    sender.add(place, PDF[:20], 0)
    assert "chọn lại tệp này để gửi tiếp" in unescape(client.get(page).text)
    last = sender.add(place, PDF[20:], 20)
    assert last.headers["Motcua-Document"] == digest(PDF)
    assert client.head(place, headers=sender.headers).headers["Motcua-Document"] == digest(PDF)
    assert f'name="scans" value="{digest(PDF)}"' in client.get(page).text
    assert "scans" not in here(town).answers
    assert send(client, page, page, **typed(town, scans=digest(PDF), then="next")).status_code == 303
    assert here(town).answers["scans"] == [digest(PDF)]


def test_only_questions_that_ask_for_files_take_them(town: Town, client: FlaskClient, page: str) -> None:
    sender, uploads = Sender(client, page), f"/applications/{here(town).id}/uploads"
    for field in ("person.copies", "unknown"):
        assert sender.announce(uploads, PDF, component="", field=field).status_code == 400
    too_large = sender.announce(uploads, PDF, length=MEGABYTE + 1, component="", field="scans")
    assert (too_large.status_code, "1 MB" in too_large.text) == (413, True)


def filed(town: Town, *contents: str) -> Any:
    application = here(town)
    answers = {**application.answers, "scans": list(contents)} if contents else application.answers
    applications.save_page(town.session, application, "person", answers, by=town.citizen(), at=MONDAY_MORNING)
    return applications.submit(town.session, application, by=town.citizen(), at=MONDAY_MORNING)


def codes(said: Any) -> list[tuple[str, str]]:
    assert isinstance(said, tuple), said
    return [(problem.code, problem.where) for problem in said if isinstance(problem, Problem)]


def test_only_documents_of_the_same_application_can_be_named(
    town: Town, client: FlaskClient, page: str
) -> None:
    assert codes(filed(town)) == [("form.no_file", "scans")]
    assert codes(filed(town, digest(PDF))) == [("form.unknown_file", "scans")]
    attach(town, client, page)
    assert isinstance(filed(town, digest(PDF)), Dossier)


def test_what_a_question_does_not_take_is_refused_however_it_was_handed_in(town: Town, page: str) -> None:
    application = here(town)
    handed = {"component": "", "name": "to.pdf", "limit": 9 * MEGABYTE}
    large = PDF[:-6] + b" " * 2 * MEGABYTE + PDF[-6:]
    kept = applications.attach(
        town.session, application, **handed, source=BytesIO(large), by=town.citizen(), at=MONDAY_MORNING
    )
    assert isinstance(kept, Document)
    assert codes(filed(town, kept.digest)) == [("dossiers.file_not_accepted", "scans")]


def test_what_no_answer_names_does_not_count_when_sent(town: Town, client: FlaskClient, page: str) -> None:
    attach(town, client, page)
    attach(town, client, page, OTHER, PDF)
    assert isinstance(filed(town, digest(OTHER)), Dossier)
    assert [each.digest for each in town.all(Document)] == [digest(OTHER)]


def test_the_check_and_the_dossier_show_the_files_as_links(
    town: Town, client: FlaskClient, page: str
) -> None:
    attach(town, client, page)
    dossier = filed(town, digest(PDF))
    link = f'href="/documents/{town.all(Document)[0].id}"'
    assert link in client.get(f"/my/dossiers/{dossier.filing_number}").text
    assert town.all(Answers)[-1].body["scans"] == [digest(PDF)]


def test_a_supplement_may_ask_for_files_again(town: Town, client: FlaskClient, page: str) -> None:
    attach(town, client, page)
    dossier = filed(town, digest(PDF))
    dossiers.accept(town.session, dossier, by=town.official("reception"), at=MONDAY_MORNING)
    town.complete(dossier, "incomplete", reason="Bản chụp mờ", asks=("scans",), at=MONDAY_MORNING)
    supplement = f"/my/dossiers/{dossier.code}/supplement"
    shown = client.get(supplement).text
    assert f'name="scans" value="{digest(PDF)}"' in shown
    posted = {"scans": digest(PDF), "scans-file": file(OTHER), "remove-file": f"scans:{digest(PDF)}"}
    answer = send(client, supplement, supplement, **posted)
    assert f'name="scans" value="{digest(OTHER)}"' in answer.text
    assert send(client, supplement, supplement, scans=digest(OTHER)).status_code == 303
    assert town.all(Answers)[-1].body["scans"] == [digest(OTHER)]
    assert {each.digest for each in town.all(Document)} == {digest(PDF), digest(OTHER)}


def test_the_counter_attaches_files_with_the_form(town: Town, client: FlaskClient) -> None:
    publish_small(town.session, MONDAY_MORNING, form=ASKING)
    reception = town.official("reception")
    begun = town.begun(reception, at=MONDAY_MORNING)
    sign_in(client, town.session.get_one(Account, reception.account_id).login, PASSWORD)
    counter = f"/desk/counter/{begun.id}"
    attached = send(client, counter, counter, **typed(town, **{"scans-file": file(PDF), "add-file": "scans"}))
    assert f'name="scans" value="{digest(PDF)}"' in attached.text
    wrong = {"scans": digest(PDF), "scans-file": file(b"MZ")}
    assert "không phải là PDF" in unescape(send(client, counter, counter, **typed(town, **wrong)).text)
    assert here(town).answers["scans"] == [digest(PDF)]
