"""Pages of drafts: who may write, what is kept, and what the canvas's server answers."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from common.identity.actor import machine
from common.text import Text
from designer.drafts import begin_new, file_of, saves_of
from designer.models import Draft
from designer.views.forms import key_from
from procedure_library.bpmn import Steps, read_steps, write_steps
from procedure_library.loading import load_calendar
from procedure_library.models import Version
from procedure_library.package import STEPS, read_files
from procedure_library.publishing import Basis, publish
from tests.conftest import MONDAY_MORNING
from tests.procedure_library.samples import definition, step, task, to
from tests.procedure_library.test_hostile_drawings import HOSTILE
from tests.web import people

NAME = Text("Cấp giấy xác nhận tình trạng hôn nhân", "Certificate of marital status")
PAGES = (
    "/designer/drafts",
    "/designer/drafts/1",
    "/designer/drafts/1/steps",
    "/designer/drafts/1/history",
    "/designer/drafts/new",
)


@pytest.fixture
def draft(session: Session) -> Draft:
    load_calendar(session, at=MONDAY_MORNING)
    begun = begin_new(session, "marital_status", NAME, by=machine("a test"), at=MONDAY_MORNING)
    assert isinstance(begun, Draft)
    return begun


@pytest.fixture
def reader(client: FlaskClient, session: Session, draft: Draft) -> FlaskClient:
    people.official(session, people.unit(session), "procedure_controller")
    people.sign_in(client, "tiep")
    return client


def at(draft: Draft, path: str = "") -> str:
    return f"/designer/drafts/{draft.id}{path}"


def sent(client: FlaskClient, draft: Draft, content: str, revision: int, **more: str) -> Any:
    token = people.token(client, "/designer/drafts/new")
    typed = {"content": content, "revision": revision, "csrf_token": token, **more}
    return client.post(at(draft, "/steps"), data=typed, headers={"HX-Request": "true"})


def drawn(session: Session, draft: Draft) -> str:
    return saves_of(session, draft)[STEPS].content or ""


def test_every_page_speaks_both_languages(admin: FlaskClient, draft: Draft) -> None:
    for path in (page.replace("/1", f"/{draft.id}") for page in PAGES):
        assert admin.get(f"{path}?language=vi", follow_redirects=True).status_code == 200, path
        english = admin.get(f"{path}?language=en", follow_redirects=True)
        assert '<html lang="en">' in english.text, path


def test_a_controller_reads_and_does_not_write(reader: FlaskClient, draft: Draft) -> None:
    assert reader.get(at(draft)).status_code == 200
    page = reader.get(at(draft, "/steps")).text
    assert "chỉ quản trị hệ thống sửa được" in page
    assert "Hoàn tác" not in page
    assert reader.get("/designer/drafts/new").status_code == 403
    token = people.token(reader, "/profile")
    assert reader.post(at(draft, "/steps"), data={"csrf_token": token}).status_code == 403


def test_without_scripts_the_steps_can_be_read(admin: FlaskClient, draft: Draft) -> None:
    page = admin.get(at(draft, "/steps")).text
    assert "Vẽ quy trình cần JavaScript" in page
    assert 'id="step-settle"' in page


def test_a_procedure_is_begun_by_its_name(admin: FlaskClient, session: Session) -> None:
    page = people.send(admin, "/designer/drafts", "/designer/drafts/new", name_vi="Đăng ký kết hôn")
    assert page.status_code == 303
    assert "<code>dang_ky_ket_hon</code>" in admin.get(page.headers["Location"]).text
    again = people.send(admin, "/designer/drafts", "/designer/drafts/new", name_vi="Đăng ký kết hôn")
    assert again.status_code == 422
    assert "đang có một bản soạn thảo" in again.text


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Cấp giấy phép", "cap_giay_phep"),
        ("  3 Bước: đầu tiên! ", "buoc_dau_tien"),
        ("Chứng thực bản sao từ bản chính giấy tờ, văn bản", "chung_thuc_ban_sao_tu_ban_chinh_giay_to"),
        ("!!!", ""),
    ],
)
def test_a_key_says_the_name(name: str, key: str) -> None:
    assert key_from(name) == key


def test_the_button_of_a_procedure_goes_on_with_its_draft(admin: FlaskClient, session: Session) -> None:
    version = publish(
        session,
        definition(),
        by=machine("a test"),
        at=MONDAY_MORNING,
        basis=Basis("12/QĐ-UBND"),
        effective_from=date(2026, 1, 1),
    )
    assert isinstance(version, Version)
    address = f"/designer/procedures/{definition().key}"
    first = people.send(admin, f"{address}/draft", address).headers["Location"]
    assert people.send(admin, f"{address}/draft", address).headers["Location"] == first


def test_what_is_drawn_is_kept_in_our_spelling(admin: FlaskClient, draft: Draft, session: Session) -> None:
    before = drawn(session, draft)
    elsewhere = before.replace("bpmn:", "bpmn2:").replace("xmlns:bpmn=", "xmlns:bpmn2=")
    assert sent(admin, draft, elsewhere, 1).status_code == 200
    assert drawn(session, draft) == before


def test_a_fault_is_answered_with_its_remedy_at_once(
    admin: FlaskClient, draft: Draft, session: Session
) -> None:
    answer = sent(admin, draft, drawn(session, draft).replace(' motcua:role="case_officer"', ""), 1)
    assert answer.status_code == 200
    assert 'data-where="settle"' in answer.text
    assert 'data-revision="2"' in answer.text
    assert "Chọn vai trò thực hiện" in answer.text


def test_a_fault_of_the_graph_is_shown_as_a_walk(admin: FlaskClient, draft: Draft, session: Session) -> None:
    """With a button that plays it on the drawing, and in words on every list."""
    steps = read_steps(drawn(session, draft).encode())
    assert isinstance(steps, Steps)
    (first, last) = steps.transitions
    fork = (step("fork", "split"), task("police"))
    ways = (
        replace(first, target="fork"),
        to("fork", "settle"),
        to("fork", "police"),
        to("police", last.target),
    )
    forked = Steps((*steps.steps, *fork), (*ways, last))
    answer = sent(admin, draft, write_steps(forked, draft.procedure_key).decode(), 1).text
    path = "begin begin_to_settle fork fork_settle settle fork_police police police_done done"
    assert f'data-path="{path}"' in answer
    assert "→ Bước fork →" in answer
    assert "→ Bước fork →" in admin.get(at(draft)).text


@pytest.mark.parametrize("name", [name for name, (content, _) in HOSTILE.items() if len(content) < 100_000])
def test_what_is_no_drawing_is_answered_and_the_pages_still_open(
    admin: FlaskClient, draft: Draft, name: str
) -> None:
    """Kept as it came and told as findings; with a NUL in it, which no text of ours has, it is refused."""
    content = HOSTILE[name][0].decode("utf-8", "replace")
    assert sent(admin, draft, content, 1).status_code == (400 if "\x00" in content else 200)
    for page in ("", "/steps"):
        assert admin.get(at(draft, page)).status_code == 200


def test_a_drawing_of_fifty_megabytes_is_refused(admin: FlaskClient, draft: Draft, session: Session) -> None:
    assert sent(admin, draft, "<a>" + " " * 20_000_000, 1).status_code in (413, 422)
    assert admin.get(at(draft, "/steps")).status_code == 200


def test_the_second_writer_is_told_who_was_first(admin: FlaskClient, draft: Draft, session: Session) -> None:
    theirs = drawn(session, draft).replace("Giải quyết hồ sơ", "Của người trước")
    mine = drawn(session, draft).replace("Giải quyết hồ sơ", "Của người sau")
    sent(admin, draft, theirs, 1)
    answer = sent(admin, draft, mine, 1)
    assert answer.status_code == 409
    assert "Lê Văn Tiếp đã lưu bản vẽ này lúc 09 giờ 00, 02/03/2026." in answer.text
    assert "Của người trước" in drawn(session, draft)


def test_a_save_whose_answer_was_lost_does_not_meet_itself(
    admin: FlaskClient, draft: Draft, session: Session
) -> None:
    first, second, other = (
        drawn(session, draft).replace("Giải quyết hồ sơ", name) for name in ("Một", "Hai", "Khác")
    )
    sent(admin, draft, first, 1)
    again = sent(admin, draft, first, 1)
    assert (again.status_code, 'data-revision="2"' in again.text) == (200, True)
    assert sent(admin, draft, second, 1, unanswered=other).status_code == 409
    later = sent(admin, draft, second, 1, unanswered=first)
    assert (later.status_code, 'data-revision="3"' in later.text) == (200, True)
    assert "Hai" in drawn(session, draft)
    # The first one, on its way all the time, arrives at last: it is older, and nobody waits for its answer.
    assert sent(admin, draft, first, 1).status_code == 409
    assert "Hai" in drawn(session, draft)


def test_what_cannot_be_read_as_steps_is_kept_all_the_same(
    admin: FlaskClient, draft: Draft, session: Session
) -> None:
    assert "không" in sent(admin, draft, "<not steps", 1).text.lower()
    kept = file_of(session, draft, STEPS)
    assert kept is not None
    assert kept.content == "<not steps"
    assert admin.get(at(draft, "/steps")).status_code == 200


def test_an_earlier_save_is_taken_back(admin: FlaskClient, draft: Draft, session: Session) -> None:
    before = drawn(session, draft)
    sent(admin, draft, before.replace("Giải quyết hồ sơ", "Khác"), 1)
    page = admin.get(at(draft, "/history")).text
    address = page.split(f'action="{at(draft)}/saves/')[1].split('"')[0]
    people.send(admin, at(draft, f"/saves/{address}"), at(draft, "/history"), revision="2")
    assert drawn(session, draft) == before


def test_the_package_is_taken_away_whole(reader: FlaskClient, draft: Draft, session: Session) -> None:
    with ZipFile(BytesIO(reader.get(at(draft, "/package.zip")).data)) as archive:
        files = {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}
    assert not isinstance(read_files(files), tuple)


def test_an_abandoned_draft_takes_nothing_more(admin: FlaskClient, draft: Draft, session: Session) -> None:
    content = drawn(session, draft)
    people.send(admin, at(draft, "/abandonment"), at(draft))
    answer = sent(admin, draft, content.replace("Giải quyết", "Xử lý"), 1)
    assert answer.status_code == 422
    assert "không còn sửa được" in answer.text


@pytest.mark.parametrize(
    "path", ["/designer/drafts/99", "/designer/drafts/99/steps", "/designer/drafts/99/package.zip"]
)
def test_what_is_not_there_is_not_found(reader: FlaskClient, path: str) -> None:
    assert reader.get(path).status_code == 404


@pytest.mark.parametrize(
    "element",
    [
        {"kind": "task", "key": "settle", "role": "approver", "shows": ["requester"], "outcomes": []},
        {
            "kind": "branch",
            "key": "b",
            "choice": "",
            "before": [{"key": "yes", "label": "Đồng ý"}],
            "ways": [],
        },
        {"kind": "transition", "key": "t", "from_kind": "branch", "before": []},
        {"kind": "end", "key": "done", "ending": "granted"},
        {"kind": "supplement", "key": "s"},
        {"kind": "start", "key": "begin", "name": "", "name_en": ""},
    ],
)
def test_every_kind_of_step_has_its_panel(admin: FlaskClient, draft: Draft, element: dict[str, Any]) -> None:
    token = people.token(admin, "/designer/drafts/new")
    answer = admin.post(at(draft, "/steps/panel"), json=element, headers={"X-CSRFToken": token})
    assert answer.status_code == 200
    assert f'data-element="{element.get("key", "")}"' in answer.text


@pytest.mark.parametrize(
    "element",
    [
        None,
        [],
        "task",
        {},
        {"kind": "nothing", "key": "k"},
        {"kind": "task", "key": 7},
        {"kind": "task", "key": "k", "outcomes": 3},
        {"kind": "task", "key": "k", "outcomes": ["agreed"]},
        {"kind": "task", "key": "k", "shows": [["requester"]]},
        {"kind": "branch", "key": "b", "before": [{"label": "No key"}]},
        {"kind": "branch", "key": "b", "ways": {"key": "w"}},
        {"kind": "branch", "key": "b", "choice": ["verdict"]},
    ],
)
def test_what_the_canvas_never_says_is_refused(admin: FlaskClient, draft: Draft, element: Any) -> None:
    token = people.token(admin, "/designer/drafts/new")
    answer = admin.post(at(draft, "/steps/panel"), json=element, headers={"X-CSRFToken": token})
    assert answer.status_code == 400
