"""A file that is sent in pieces becomes one document, however often the line breaks."""

from datetime import timedelta
from hashlib import sha256
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient

from common.files import FileStore
from common.identity.models import Account
from runtime import dossiers, uploading
from runtime.demo.accounts import PASSWORD
from runtime.models.applications import Application
from runtime.models.dossiers import Dossier
from runtime.models.papers import Document
from runtime.models.uploads import Upload
from runtime.office import office_of
from tests.conftest import MONDAY_MORNING, SettableClock
from tests.runtime.sending import PIECES, TUS, Sender
from tests.runtime.town import Town
from tests.web.people import send, sign_in, token

COPIES, CASE = "chung_thuc_ban_sao", "paper_copy"
FILE = b"%PDF-1.4\n" + bytes(range(256)) * 40 + b"\n%%EOF\n"
HALF = len(FILE) // 2


@pytest.fixture
def page(town: Town, client: FlaskClient) -> str:
    """The page of papers of an application, whose citizen is signed in."""
    here = town.begun(procedure=COPIES, case_type=CASE)
    sign_in(client, "congdan", PASSWORD)
    return f"/applications/{here.id}/papers"


def uploads_of(page: str) -> str:
    return page.replace("/papers", "/uploads")


def partial(town: Town) -> Any:
    return office_of(town.session).files.partial


def stored(town: Town) -> FileStore:
    return office_of(town.session).files


def begun(sender: Sender, page: str, content: bytes = FILE, **told: str) -> str:
    answer = sender.announce(uploads_of(page), content, **told)
    assert (answer.status_code, answer.headers["Tus-Resumable"]) == (201, "1.0.0"), answer.text
    return str(answer.headers["Location"])


def test_two_pieces_make_one_document(town: Town, client: FlaskClient, page: str) -> None:
    sender = Sender(client, page)
    here = begun(sender, page)
    assert sender.arrived(here) == 0
    first = sender.add(here, FILE[:HALF], 0)
    assert (first.status_code, first.headers["Upload-Offset"]) == (204, str(HALF))
    assert town.all(Document) == []
    assert sender.arrived(here) == HALF
    last = sender.add(here, FILE[HALF:], HALF)
    assert (last.status_code, last.headers["Upload-Offset"]) == (204, str(len(FILE)))
    document = town.all(Document)[0]
    assert (document.name, document.size, document.digest) == (
        "giấy.pdf",
        len(FILE),
        sha256(FILE).hexdigest(),
    )
    with stored(town).open(document.digest) as content:
        assert content.read() == FILE
    assert partial(town).size(here.rpartition("/")[2]) == 0


def test_the_last_piece_sent_again_does_nothing_twice(town: Town, client: FlaskClient, page: str) -> None:
    sender = Sender(client, page)
    here = begun(sender, page)
    sender.add(here, FILE, 0)
    assert sender.add(here, FILE[HALF:], HALF).status_code == 409
    assert sender.add(here, FILE, 0).status_code == 409
    assert sender.arrived(here) == len(FILE)
    assert sender.add(here, b"", len(FILE)).status_code == 204
    assert len(town.all(Document)) == 1


def test_a_piece_that_does_not_begin_where_the_file_ends_changes_nothing(
    town: Town, client: FlaskClient, page: str
) -> None:
    sender = Sender(client, page)
    here = begun(sender, page)
    sender.add(here, FILE[:HALF], 0)
    for offset in (0, HALF - 1, HALF + 1):
        assert sender.add(here, b"other bytes", offset).status_code == 409
    sender.add(here, FILE[HALF:], HALF)
    assert town.all(Document)[0].digest == sha256(FILE).hexdigest()


def test_the_same_file_chosen_again_goes_on(town: Town, client: FlaskClient, page: str) -> None:
    sender = Sender(client, page)
    here = begun(sender, page)
    sender.add(here, FILE[:HALF], 0)
    assert "chọn lại tệp này để gửi tiếp" in unescape(client.get(page).text)
    assert begun(sender, page, filename="tên khác.pdf") == here
    assert begun(sender, page, FILE + b"x") != here


def test_what_is_not_taken_leaves_nothing_behind(town: Town, client: FlaskClient, page: str) -> None:
    sender = Sender(client, page)
    program = b"MZ this is a program" * 50
    here = begun(sender, page, program)
    refused = sender.add(here, program, 0)
    assert (refused.status_code, refused.mimetype) == (422, "text/plain")
    assert "không phải là PDF, JPEG hay PNG" in refused.text
    assert (town.all(Document), town.all(Upload), sender.arrived(here)) == ([], [], None)
    assert partial(town).size(here.rpartition("/")[2]) == 0


def test_another_file_than_was_promised_is_refused(town: Town, client: FlaskClient, page: str) -> None:
    sender = Sender(client, page)
    here = begun(sender, page)
    other = FILE.replace(b"\x07", b"\x08")
    assert "không giống tệp đã chọn" in sender.add(here, other, 0).text
    assert town.all(Document) == []


@pytest.mark.parametrize(
    ("length", "status"), [(0, 422), (20 * 1024 * 1024 + 1, 413), (200 * 1024 * 1024, 413)]
)
def test_a_length_that_is_not_taken_is_refused_before_a_byte_is_sent(
    town: Town, client: FlaskClient, page: str, length: int, status: int
) -> None:
    refused = Sender(client, page).announce(uploads_of(page), FILE, length=length)
    assert (refused.status_code, town.all(Upload)) == (status, [])
    assert refused.text.startswith("Tệp")


@pytest.mark.parametrize("length", ["", "-1", "1e3", "٣", "9" * 30])
def test_a_length_that_is_none_is_a_bad_request(client: FlaskClient, page: str, length: str) -> None:
    headers = {**Sender(client, page).headers, "Upload-Length": length}
    assert client.post(uploads_of(page), headers=headers).status_code == 400


@pytest.mark.parametrize("told", ["filename %%%", "filename /w==", "digest MTI="])
def test_words_about_a_file_that_cannot_be_read_are_a_bad_request(
    client: FlaskClient, page: str, told: str
) -> None:
    headers = {**Sender(client, page).headers, "Upload-Length": "9", "Upload-Metadata": told}
    assert client.post(uploads_of(page), headers=headers).status_code == 400


def test_who_has_too_much_under_way_must_first_finish(town: Town, client: FlaskClient, page: str) -> None:
    sender = Sender(client, page)
    for number in range(uploading.MOST_UNFINISHED):
        begun(sender, page, FILE + bytes([number]))
    refused = sender.announce(uploads_of(page), FILE)
    assert (refused.status_code, "20 tệp gửi dở" in refused.text) == (429, True)


def test_together_the_unfinished_files_have_a_size_too(town: Town, client: FlaskClient, page: str) -> None:
    sender, largest = Sender(client, page), 20 * 1024 * 1024
    for number in range(uploading.MOST_TIMES):
        assert sender.announce(uploads_of(page), bytes([number]), length=largest).status_code == 201
    assert sender.announce(uploads_of(page), FILE).status_code == 429


def test_nobody_else_sees_or_touches_it(town: Town, client: FlaskClient, page: str) -> None:
    here = begun(Sender(client, page), page)
    client.post("/sign-out", data={"csrf_token": token(client, page)})
    sign_in(client, "congdan2", PASSWORD)
    stranger = Sender(client, "/profile")
    assert stranger.arrived(here) is None
    assert stranger.add(here, FILE, 0).status_code == 404
    assert client.delete(here, headers=stranger.headers).status_code == 404
    assert send(client, f"{here}/removal", "/profile").status_code == 404
    assert stranger.announce(uploads_of(page), FILE).status_code == 404
    assert len(town.all(Upload)) == 1


def test_only_our_own_page_can_send(client: FlaskClient, page: str) -> None:
    here = begun(Sender(client, page), page)
    without = {**TUS, "Upload-Offset": "0"}
    assert client.patch(here, data=FILE, content_type=PIECES, headers=without).status_code == 400
    assert client.delete(here, headers=TUS).status_code == 400
    assert client.post(uploads_of(page), headers={**TUS, "Upload-Length": "9"}).status_code == 400


def test_another_version_or_kind_of_body_is_told_so(client: FlaskClient, page: str) -> None:
    sender = Sender(client, page)
    here = begun(sender, page)
    old = sender.add(here, FILE, 0, **{"Tus-Resumable": "0.2.2"})
    assert (old.status_code, old.headers["Tus-Version"]) == (412, "1.0.0")
    form = client.patch(here, data=FILE, headers={**sender.headers, "Upload-Offset": "0"})
    assert form.status_code == 415
    asked = client.options(uploads_of(page))
    assert asked.headers["Tus-Extension"] == "creation,termination"
    assert asked.headers["Tus-Max-Size"] == str(20 * 1024 * 1024)


def test_an_upload_can_be_given_up_by_script_and_by_button(
    town: Town, client: FlaskClient, page: str
) -> None:
    sender = Sender(client, page)
    for gone in ("script", "button"):
        here = begun(sender, page)
        sender.add(here, FILE[:HALF], 0)
        if gone == "script":
            assert client.delete(here, headers=sender.headers).status_code == 204
        else:
            assert send(client, f"{here}/removal", page).location == page
        assert (sender.arrived(here), town.all(Upload)) == (None, [])
        assert partial(town).size(here.rpartition("/")[2]) == 0


def test_what_the_disk_lost_is_sent_again(town: Town, client: FlaskClient, page: str) -> None:
    sender = Sender(client, page)
    here = begun(sender, page)
    sender.add(here, FILE[:HALF], 0)
    partial(town).remove(here.rpartition("/")[2])
    assert sender.arrived(here) == 0
    assert sender.add(here, FILE, 0).status_code == 204
    assert town.all(Document)[0].digest == sha256(FILE).hexdigest()


def test_old_uploads_are_swept_and_those_of_a_thrown_away_application_go_with_it(
    town: Town, client: FlaskClient, page: str, clock: SettableClock
) -> None:
    sender = Sender(client, page)
    here = begun(sender, page)
    uploading.sweep(town.session, at=clock.now + uploading.KEPT - timedelta(minutes=1))
    assert sender.arrived(here) == 0
    uploading.sweep(town.session, at=clock.now + uploading.KEPT)
    town.session.expire_all()
    assert sender.arrived(here) is None
    begun(sender, page)
    send(client, page.replace("/papers", "/removal"), page)
    assert town.all(Upload) == []


def test_a_sent_application_takes_no_more(town: Town, client: FlaskClient, page: str) -> None:
    sender = Sender(client, page)
    dossier = town.filed()
    number = town.all(Application, dossier_id=dossier.id)[0].id
    refused = sender.announce(f"/applications/{number}/uploads", FILE)
    assert (refused.status_code, dossier.filing_number in refused.text) == (422, True)


@pytest.mark.parametrize("door", ["my/dossiers", "desk/dossiers"])
def test_a_supplement_takes_files_in_pieces_at_both_doors(town: Town, client: FlaskClient, door: str) -> None:
    dossier = town.received()
    town.complete(dossier, "incomplete", reason="Thiếu bản sao")
    reception = town.session.get_one(Account, town.official("reception").account_id)
    sign_in(client, "congdan" if door.startswith("my") else reception.login, PASSWORD)
    page = f"/{door}/{dossier.code}/supplement"
    sender = Sender(client, page)
    here = sender.announce(f"{page}/uploads", FILE, component="").headers["Location"]
    sender.add(here, FILE[:HALF], 0)
    assert "chọn lại tệp này để gửi tiếp" in unescape(client.get(page).text)
    assert sender.add(here, FILE[HALF:], HALF).status_code == 204
    assert [each.digest for each in town.all(Document)] == [sha256(FILE).hexdigest()]
    assert isinstance(
        dossiers.answer_supplement(town.session, dossier, by=town.citizen(), at=MONDAY_MORNING), Dossier
    )
    assert sender.announce(f"{page}/uploads", FILE, component="").status_code == 404
