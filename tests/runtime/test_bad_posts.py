"""Posts that are too large and names that nobody can read: told of in words, kept within bounds, nothing lost."""

from html import unescape
from io import BytesIO

import pytest
from flask.testing import FlaskClient

from runtime.demo.accounts import PASSWORD
from runtime.models.papers import Document
from tests.ops.test_files import PDF
from tests.runtime.sending import Sender
from tests.runtime.test_uploads import CASE, COPIES, uploads_of
from tests.runtime.town import Town
from tests.web.people import send, sign_in

MEGABYTE = 1024 * 1024
NAMES = {
    "giay\x00-khai-sinh.pdf": "giay-khai-sinh.pdf",
    "h\u202efdp.exe": "hfdp.exe",
    "gia\u0302\u0301y.pdf": "gi\u1ea5y.pdf",
    "x" * 10_000 + ".pdf": "x" * 196 + ".pdf",
}


@pytest.fixture
def papers(town: Town, client: FlaskClient) -> str:
    """The page of papers of an application, whose citizen is signed in."""
    here = town.begun(procedure=COPIES, case_type=CASE)
    sign_in(client, "congdan", PASSWORD)
    return f"/applications/{here.id}/papers"


@pytest.mark.parametrize("name", NAMES, ids=["NUL", "right to left", "NFD", "10,000 letters"])
def test_a_name_that_nobody_can_read_is_made_readable_on_both_ways(
    town: Town, client: FlaskClient, papers: str, name: str
) -> None:
    sender = Sender(client, papers)
    address = sender.announce(uploads_of(papers), PDF, filename=name).headers["Location"]
    sender.add(address, PDF, 0)
    # A browser that sends a form writes such letters as they are, but for quotation marks and line ends.
    file = (BytesIO(PDF + b"\n"), name.replace("\x00", ""))
    assert send(client, f"{papers}/original", papers, file=file).status_code == 303
    assert [each.name for each in town.all(Document)] == [NAMES[name]] * 2
    assert client.get(f"/documents/{town.all(Document)[0].id}").data == PDF


@pytest.mark.parametrize("megabytes", [21, 200])
def test_a_file_that_is_too_large_is_told_of_on_its_page_without_scripts_too(
    town: Town, client: FlaskClient, papers: str, megabytes: int
) -> None:
    file = (BytesIO(PDF + bytes(megabytes * MEGABYTE)), "to.pdf")
    answer = send(client, f"{papers}/original", papers, file=file)
    assert (answer.status_code, town.all(Document)) == (422, [])
    assert "Tệp lớn hơn 20 MB" in unescape(answer.text)
    assert 'id="file-original-error"' in answer.text


def test_more_than_any_file_is_not_read(town: Town, client: FlaskClient, papers: str) -> None:
    headers = {**Sender(client, papers).headers, "Content-Type": "multipart/form-data; boundary=x"}
    answer = client.post(
        f"{papers}/original",
        headers=headers,
        input_stream=BytesIO(),
        environ_overrides={"CONTENT_LENGTH": str(300 * MEGABYTE)},
    )
    assert (answer.status_code, "<h1>Tệp quá lớn</h1>" in answer.text) == (413, True)
