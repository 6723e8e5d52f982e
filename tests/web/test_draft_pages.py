"""The pages on which a draft is written: who may, what is saved, what two people who write at once are shown."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from common.identity.actor import machine
from designer.drafts import begin_draft, file_of, files_of, save
from designer.models import Draft
from designer.reading import definition_of_draft
from procedure_library.definition import Definition
from procedure_library.loading import load_calendar
from procedure_library.models import Version
from procedure_library.package import FORM, HEAD, RULES, read_package
from procedure_library.publishing import Basis, publish
from procedure_library.ready_made import packages
from tests.conftest import MONDAY_MORNING
from tests.web import people

AT = "/designer/drafts/1"
READ = (
    *(f"{AT}/{part}" for part in ("form", "rules", "head", "letters", "examples", "submission")),
    f"{AT}/form/preview/documents",
    f"{AT}/letters/certification_words",
    "/designer/reviews",
    "/designer/publications",
)
WRITE = (
    f"{AT}/form/new-page",
    f"{AT}/form/pages/documents",
    f"{AT}/form/new-field?page=documents&kind=choice",
    f"{AT}/form/fields/documents.foreign_kind",
    f"{AT}/head/new-case-type",
    f"{AT}/head/case-types/paper_copy",
    f"{AT}/letters/new",
    f"{AT}/examples/new/paper_copy",
)
LAN = machine("Lan")


@pytest.fixture
def draft(client: FlaskClient, session: Session) -> Draft:
    load_calendar(session, at=MONDAY_MORNING)
    copies = read_package(next(each for each in packages() if each.name == "chung_thuc_ban_sao"))
    assert isinstance(copies, Definition)
    day = MONDAY_MORNING.date()
    version = publish(session, copies, by=LAN, at=MONDAY_MORNING, basis=Basis("1/QĐ"), effective_from=day)
    assert isinstance(version, Version), version
    begun = begin_draft(session, version, by=LAN, at=MONDAY_MORNING)
    assert isinstance(begun, Draft)
    return begun


class Visitor:
    """A client for whom `/drafts/1` is the draft of the test, whatever number the database gave it."""

    def __init__(self, client: FlaskClient, draft: Draft) -> None:
        self.client, self.draft = client, draft

    def get(self, path: str, **more: Any) -> Any:
        return self.client.get(self._here(path), **more)

    def post(self, path: str, **more: Any) -> Any:
        return self.client.post(self._here(path), **more)

    def _here(self, path: str) -> str:
        return path.replace("/drafts/1/", f"/drafts/{self.draft.id}/")


@pytest.fixture
def author(client: FlaskClient, session: Session, draft: Draft) -> Any:
    people.official(session, people.unit(session), "administrator")
    people.sign_in(client, "tiep")
    return Visitor(client, draft)


def send(author: Any, path: str, opened: str, **typed: Any) -> Any:
    """Sends what is typed with the revision that the page knows."""
    revision = re.search(r'name="revision" value="(\d+)"', author.get(opened).text)
    sent = {"revision": revision[1] if revision else "0", "csrf_token": people.token(author, opened)}
    return author.post(path, data={**sent, **typed})


def definition(session: Session, draft: Draft) -> Definition:
    found = definition_of_draft(files_of(session, draft))
    assert isinstance(found, Definition), found
    return found


@pytest.mark.parametrize("role", ["administrator", "procedure_controller", "publisher"])
def test_keepers_read_every_page_and_only_administrators_write(
    client: FlaskClient, session: Session, draft: Draft, role: str
) -> None:
    people.official(session, people.unit(session), role)
    people.sign_in(client, "tiep")
    keeper = Visitor(client, draft)
    assert {path: keeper.get(path).status_code for path in READ} == dict.fromkeys(READ, 200)
    may = 200 if role == "administrator" else 403
    assert {path: keeper.get(path).status_code for path in WRITE} == dict.fromkeys(WRITE, may)


def test_who_works_on_dossiers_reads_only_what_changes(
    client: FlaskClient, session: Session, draft: Draft
) -> None:
    people.official(session, people.unit(session), "reception")
    people.sign_in(client, "tiep")
    assert {client.get(path).status_code for path in (*READ, *WRITE)} == {403}
    notices = client.get("/designer/notices")
    assert notices.status_code == 200
    assert "Chứng thực bản sao" in notices.text


def test_every_page_speaks_both_languages(author: Any) -> None:
    author.get("/designer/reviews?language=en")
    for path in (*READ, *WRITE, "/designer/notices"):
        assert '<html lang="en">' in author.get(path).text, path


NOWHERE = (
    f"{AT}/form/fields/nowhere",
    f"{AT}/form/pages/nowhere",
    f"{AT}/head/case-types/nowhere",
    f"{AT}/letters/nowhere",
    f"{AT}/letters/..",
    f"{AT}/examples/new/nowhere",
    "/designer/drafts/999/form",
    "/designer/reviews/999",
    "/designer/reviews/999/basis",
    "/designer/publications/999/basis",
)


def test_what_is_not_there_is_not_found(author: Any) -> None:
    assert {path: author.get(path).status_code for path in NOWHERE} == dict.fromkeys(NOWHERE, 404)


def test_a_question_is_added_with_its_condition(author: Any, session: Session, draft: Draft) -> None:
    new = f"{AT}/form/new-field?page=documents&kind=text"
    answer = send(
        author,
        f"{AT}/form/fields",
        new,
        title_vi="Lý do",
        kind="text",
        page="documents",
        required="y",
        **{"cases-0-case": '["applicant.on_behalf_of", "is", "organisation"]', "cases-0-number": ""},
    )
    assert answer.status_code == 303, answer.text
    form = definition(session, draft).form
    assert form["properties"]["ly_do"] == {"type": "string", "title": "Lý do"}
    assert form["x-motcua-pages"][1]["fields"] == ["documents", "ly_do"]
    assert form["allOf"][-1]["then"] == {"required": ["ly_do"]}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"title_vi": "", "kind": "text"}, "Ghi câu hỏi bằng tiếng Việt"),
        ({"title_vi": "Lý do", "kind": "integer", "least": "nhiều"}, "Nhập số, ví dụ 5 hoặc 1.000"),
        ({"title_vi": "Lý do", "kind": "nothing"}, "Lý do"),
    ],
)
def test_what_cannot_be_a_question_is_said_and_nothing_typed_is_lost(
    author: Any, session: Session, draft: Draft, typed: dict[str, str], said: str
) -> None:
    before = files_of(session, draft)
    answer = send(author, f"{AT}/form/fields", f"{AT}/form/new-field", help_vi="Giữ lại", **typed)
    assert answer.status_code == 422
    assert said in answer.text
    assert "Giữ lại" in answer.text
    assert files_of(session, draft) == before


def test_another_kind_shows_its_own_boxes_and_keeps_what_was_typed(author: Any) -> None:
    typed = {"title_vi": "Cách nhận", "kind": "choice", "act": "kind"}
    answer = send(author, f"{AT}/form/fields", f"{AT}/form/new-field", **typed)
    assert 'name="choices-2-vi"' in answer.text
    assert 'value="Cách nhận"' in answer.text


def test_questions_and_pages_move_and_go(author: Any, session: Session, draft: Draft) -> None:
    at = f"{AT}/form"
    send(author, f"{at}/fields/documents.name/place", at, to="down")
    send(author, f"{at}/pages/commitment/place", at, to="up")
    send(author, f"{at}/fields/documents.number/removal", at)
    form = definition(session, draft).form
    rows = list(form["properties"]["documents"]["items"]["properties"])
    assert rows[:3] == ["id", "issued_by", "name"]
    assert "number" not in rows
    assert [page["key"] for page in form["x-motcua-pages"]][:2] == ["requester", "commitment"]


def test_two_who_write_at_once_see_each_other(author: Any, session: Session, draft: Draft) -> None:
    path = f"{AT}/form/fields/documents.name"
    mine = author.get(path)
    revision = re.search(r'name="revision" value="(\d+)"', mine.text)
    assert revision
    theirs = file_of(session, draft, FORM)
    assert theirs is not None
    changed = (theirs.content or "").replace("Tên giấy tờ, văn bản", "Tên bản chính")
    save(session, draft, FORM, changed, revision=theirs.revision, by=LAN, at=MONDAY_MORNING)
    session.flush()
    typed = {"title_vi": "Tên văn bản của tôi", "kind": "text", "revision": revision[1]}
    clash = people.send(author, path, path, **typed)
    assert clash.status_code == 409
    assert "Lan đã lưu phần này" in clash.text
    assert "Tên bản chính" in clash.text
    assert 'value="Tên văn bản của tôi"' in clash.text
    assert "Tên bản chính" in files_of(session, draft)[FORM]
    newest = re.search(r'name="revision" value="(\d+)"', clash.text)
    assert newest
    assert people.send(author, path, path, **{**typed, "revision": newest[1]}).status_code == 303
    assert "Tên văn bản của tôi" in files_of(session, draft)[FORM]


def test_rules_are_checked_where_they_are_wrong(author: Any, session: Session, draft: Draft) -> None:
    before = files_of(session, draft)[RULES]
    wrong = before.replace("nhân documents.copies", "nhân documents.ban")
    answer = send(author, f"{AT}/rules/check", f"{AT}/rules", content=wrong)
    assert answer.status_code == 200
    assert "documents.ban" in answer.text
    assert re.search(r"dòng 12, cột \d+", answer.text)
    assert files_of(session, draft)[RULES] == before


def test_rules_are_laid_out_and_saved(author: Any, session: Session, draft: Draft) -> None:
    before = files_of(session, draft)[RULES]
    answer = send(
        author,
        f"{AT}/rules/layout",
        f"{AT}/rules",
        content=before.replace("  trong_ngày", "       trong_ngày"),
    )
    assert "\n  trong_ngày" in answer.text
    assert send(author, f"{AT}/rules", f"{AT}/rules", content=before + "\n# cuối\r\n").status_code == 303
    assert files_of(session, draft)[RULES] == before + "\n# cuối\n"


def test_saving_the_head_as_it_stands_changes_nothing(author: Any, session: Session, draft: Draft) -> None:
    before = definition(session, draft)
    assert (
        send(author, f"{AT}/head", f"{AT}/head", **_boxes(author.get(f"{AT}/head").text)).status_code == 303
    )
    assert definition(session, draft) == before


def test_the_head_says_what_was_typed(author: Any, session: Session, draft: Draft) -> None:
    typed = _boxes(author.get(f"{AT}/head").text)
    typed |= {"name_vi": "Chứng thực bản sao", "legal_basis-5-number": "Luật 1/2026/QH16"}
    typed |= {"legal_basis-5-vi": "Luật mới", "channels": ["counter", "post"]}
    assert send(author, f"{AT}/head", f"{AT}/head", **typed).status_code == 303
    head = definition(session, draft)
    assert head.name.vi == "Chứng thực bản sao"
    assert [law.number for law in head.legal_basis][-1] == "Luật 1/2026/QH16"
    assert head.channels == ("counter", "post")


def test_a_case_type_picks_its_rules(author: Any, session: Session, draft: Draft) -> None:
    new = f"{AT}/head/new-case-type"
    typed = {"name_vi": "Bản sao điện tử", "term": "same_day", "amounts": "certification"}
    assert send(author, f"{AT}/head/case-types", new, **typed).status_code == 303
    kind = definition(session, draft).case_types[-1]
    assert (kind.key, kind.term, kind.amounts) == ("ban_sao_dien_tu", "same_day", ("certification",))
    send(author, f"{AT}/head/case-types/ban_sao_dien_tu/removal", new)
    assert len(definition(session, draft).case_types) == 1


def test_a_letter_is_written_printed_on_trial_and_taken_out(
    author: Any, session: Session, draft: Draft
) -> None:
    new = f"{AT}/letters/new"
    printed = send(
        author, f"{AT}/letters/proof", new, source="#let d = json(bytes(sys.inputs.data))\n#d.applicant"
    )
    assert printed.data.startswith(b"%PDF-")
    assert printed.headers["Content-Disposition"].startswith("attachment")
    wrong = send(author, f"{AT}/letters/proof", new, name_vi="Thư", source="#nothing-like-this")
    assert wrong.status_code == 422
    assert "Không in được văn bản này" in wrong.text
    assert "#nothing-like-this" in wrong.text
    typed = {"name_vi": "Thư trả lời", "source": "Xin chào", "ending": "refused"}
    assert send(author, f"{AT}/letters", new, **typed).status_code == 303
    letter = definition(session, draft).letters[-1]
    assert (letter.key, letter.source, letter.ending) == ("thu_tra_loi", "Xin chào", "refused")
    send(author, f"{AT}/letters/thu_tra_loi/removal", f"{AT}/letters/thu_tra_loi")
    assert [each.key for each in definition(session, draft).letters] == ["certification_words"]


def test_a_trial_form_becomes_an_example(author: Any, session: Session, draft: Draft) -> None:
    new = f"{AT}/examples/new/paper_copy"
    typed = {
        "example-name_vi": "Ba trang, hai bản",
        "example-channel": "counter",
        "example-received_on": "10/03/2026",
        "example-received_at": "9h15",
        "applicant.on_behalf_of": "self",
        "applicant.full_name": "Trần Thị Mai",
        "applicant.identity_number": "092190001234",
        "applicant.address": "12 Nguyễn Trãi",
        "applicant.phone": "0912345678",
        "documents.0.id": "r1",
        "documents.0.name": "Bằng đại học",
        "documents.0.issued_by": "vietnamese",
        "documents.0.issuer": "Trường Đại học Cần Thơ",
        "documents.0.shown_by": "original",
        "documents.0.pages": "3",
        "documents.0.copies": "2",
        "declaration": "true",
    }
    tried = send(author, new, new, act="try", **typed)
    assert tried.status_code == 200, tried.text
    assert "10.000 đồng" in tried.text
    assert "10/03/2026" in tried.text
    assert send(author, new, new, act="save", **typed).status_code == 303
    example = next(each for each in definition(session, draft).examples if each.key == "ba_trang_hai_ban")
    assert example.expect == {
        "amounts": {"certification": {"amount": 10000, "currency": "VND"}},
        "total": {"amount": 10000, "currency": "VND"},
        "components": ["original"],
        "due_on": "2026-03-10",
    }
    text = author.get(f"{AT}/examples").text
    assert "Ba trang, hai bản" in text
    assert "Không đúng" not in text
    send(author, f"{AT}/examples/ba_trang_hai_ban/removal", f"{AT}/examples", revision="1")
    assert "examples/ba_trang_hai_ban.json" not in files_of(session, draft)


def test_a_draft_in_review_is_not_written(author: Any, session: Session, draft: Draft) -> None:
    page = author.get(f"{AT}/rules").text
    draft.state = "in_review"
    session.flush()
    before = files_of(session, draft)
    assert "Lưu quy tắc" in page
    assert "Lưu quy tắc" not in author.get(f"{AT}/rules").text
    send(author, f"{AT}/rules", "/designer/reviews", content="x", revision="1")
    send(author, f"{AT}/head", "/designer/reviews", **_boxes(page), name_vi="x", revision="1")
    assert files_of(session, draft) == before
    assert HEAD in before


def _boxes(page: str) -> dict[str, Any]:
    """What a browser would send back of the page's forms without anybody typing."""
    typed: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", page):
        name, value = (re.search(rf' {part}="([^"]*)"', tag) for part in ("name", "value"))
        if name and ('type="checkbox"' not in tag or " checked" in tag):
            typed.setdefault(name[1], []).append(_plain(value[1] if value else ""))
    for name, text in re.findall(
        r'<textarea[^>]*name="([^"]*)"[^>]*>\r?\n?(.*?)</textarea>', page, re.DOTALL
    ):
        typed[name] = [_plain(text)]
    for name, options in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', page, re.DOTALL):
        picked = re.search(r'value="([^"]*)" selected', options) or re.search(r'value="([^"]*)"', options)
        typed[name] = [picked[1] if picked else ""]
    return {name: value for name, value in typed.items() if name not in ("csrf_token", "revision", "act")}


def _plain(text: str) -> str:
    for coded, letter in (
        ("&#34;", '"'),
        ("&quot;", '"'),
        ("&#39;", "'"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ):
        text = text.replace(coded, letter)
    return text
