"""The list of steps, where two work at once, where nothing may be written, and where what is sent makes no sense."""

from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from designer.drafts import Saved
from designer.drafts import save as save_file
from designer.models import Draft
from procedure_library.bpmn import Steps, read_steps
from procedure_library.package import STEPS
from tests.conftest import MONDAY_MORNING
from tests.web import people
from tests.web.drafting import AT, LAN, Visitor, send
from tests.web.step_lists import LIST, add, panel_in, step


def test_two_people_at_once_never_overwrite_each_other(hand: Any, drawn: Any) -> None:
    token = people.token(hand, LIST)
    add(hand, "settle_to_done", "task", "Ký duyệt")
    old = {"csrf_token": token, "revision": "1"}
    page = hand.post(f"{LIST}/settle", data={**old, "name": "Của tôi", "act": "save"})
    assert page.status_code == 409
    assert panel_in(page.text)["name"] == ["Của tôi"]
    assert "đã lưu phần này lúc" in page.text
    new = hand.post(
        f"{LIST}/settle/next-step", data={**old, "kind": "task", "name_vi": "Tôi", "place": "from:"}
    )
    assert (new.status_code, 'value="Tôi"' in new.text) == (409, True)
    gone = hand.post(f"{LIST}/done/removal", data=old, follow_redirects=True)
    assert "vừa lưu tệp này" in gone.text
    assert step(drawn(), "settle").name.vi == "Giải quyết hồ sơ"
    assert "done" in {each.key for each in drawn().steps}


REFUSED = [
    ("nothing/next-step", {"kind": "task", "name_vi": "x"}, 422, "không còn trong quy trình"),
    ("nothing/next-way", {"target": "done"}, 422, "không còn trong quy trình"),
    ("nothing/target", {"target": "done"}, 422, "không còn trong quy trình"),
    ("nothing/removal", {}, 422, "không còn trong quy trình"),
    ("nothing", {"name": "x"}, 404, ""),
    ("settle/next-step", {"kind": "task", "name_vi": " "}, 422, "Ghi tên bước"),
    ("settle/next-step", {"kind": "boss", "name_vi": "x"}, 422, "Không có loại bước này"),
    ("settle/next-step", {"kind": "", "name_vi": "x"}, 422, "Không có loại bước này"),
    ("settle/next-step", {"kind": "start", "name_vi": "x", "place": "from:"}, 422, "dẫn vào bước bắt đầu"),
    (
        "settle/next-step",
        {"kind": "task", "name_vi": "x", "place": "from:failure"},
        422,
        "không bị ngắt như vậy",
    ),
    (
        "settle/next-step",
        {"kind": "task", "name_vi": "x", "place": "from:lunch"},
        422,
        "không bị ngắt như vậy",
    ),
    ("settle/next-step", {"kind": "task", "name_vi": "x" * 600}, 422, "Viết gọn lại"),
    (
        "settle/next-step",
        {"kind": "task", "name_vi": "a\x01b", "place": "from:"},
        422,
        "ký tự không ghi được",
    ),
    ("settle_to_done/next-step", {"kind": "end", "name_vi": "Hết"}, 422, "sau kết thúc không còn bước nào"),
    ("done/next-step", {"kind": "task", "name_vi": "x", "place": "from:"}, 422, "ra khỏi bước kết thúc"),
    ("settle/next-way", {"target": "settle"}, 422, "không dẫn tới chính nó"),
    ("settle/next-way", {"target": "done"}, 422, "đã có một đường"),
    ("settle/next-way", {"target": "begin"}, 422, "dẫn vào bước bắt đầu"),
    ("settle/next-way", {"target": "nowhere"}, 422, "không còn trong quy trình"),
    ("settle/next-way", {}, 422, "không còn trong quy trình"),
    ("settle_to_done/target", {"target": "begin"}, 422, "dẫn vào bước bắt đầu"),
    ("settle_to_done/target", {}, 422, "không còn trong quy trình"),
    ("settle", {"budget_amount": "nhiều", "budget_unit": "working_day"}, 422, ""),
    ("settle", {"budget_amount": "3", "budget_unit": "moon"}, 422, ""),
    ("settle", {"area": "moon"}, 422, ""),
    ("settle", {"name": "a\x00b"}, 422, ""),
    ("settle", {"asked": "outcome", "outcome.0.label": "x", "outcome.0.decision": "moon"}, 422, ""),
    ("settle", {"asked": "outcome", f"outcome.{'9' * 5000}.label": "x"}, 303, ""),
    ("settle", {"act": "add.nothing"}, 200, ""),
    ("settle", {"act": "remove.outcome.77"}, 200, ""),
    ("settle", {"act": "remove.outcome"}, 200, ""),
    ("begin_to_settle", {"when": "x", "asked": "is_default"}, 422, "hồ sơ luôn đi đường này"),
]


@pytest.mark.parametrize(("path", "typed", "status", "said"), REFUSED)
def test_what_no_page_sends_is_refused_in_words(
    hand: Any, drawn: Any, path: str, typed: dict[str, Any], status: int, said: str
) -> None:
    before = drawn()
    answer = send(hand, f"{LIST}/{path}", f"{LIST}/settle", **typed)
    assert answer.status_code == status
    assert said in answer.text
    if status != 303:
        assert drawn() == before


def test_a_circle_without_a_way_out_is_a_finding_beside_its_step(hand: Any) -> None:
    add(hand, "settle", "task", "Xem lại", "from:overdue")
    page = f"{LIST}/xem_lai/next-way"
    send(hand, page, page, target="settle", on="")
    led = f"{LIST}/settle_to_done"
    send(hand, f"{led}/target", led, target="xem_lai")
    listed = hand.get(LIST)
    assert listed.status_code == 200
    assert listed.text.count("finding-words") >= 2


def test_steps_that_cannot_be_read_are_told_and_not_edited(hand: Any, session: Session, blank: Draft) -> None:
    token = people.token(hand, LIST)
    hand.post(f"{AT}/steps", data={"csrf_token": token, "revision": "1", "content": "<not steps"})
    page = hand.get(LIST)
    assert (page.status_code, "Chưa đọc được các bước" in page.text) == (200, True)
    assert hand.get(f"{LIST}/settle").status_code == 404
    assert send(hand, f"{LIST}/settle/removal", LIST).status_code == 404


def test_the_two_views_lead_to_each_other(hand: Any, blank: Draft) -> None:
    drawing, listed = hand.get(f"{AT}/steps").text, hand.get(LIST).text
    for page in (drawing, listed):
        assert f'href="/designer/drafts/{blank.id}/steps/list"' in page
        assert f'href="/designer/drafts/{blank.id}/steps"' in page
    assert "<noscript>" in drawing
    assert "Thêm bước sau" in drawing[drawing.rindex("<noscript>") :]


@pytest.mark.parametrize("role", ["procedure_controller", "publisher"])
def test_who_only_reads_sees_no_acts(client: FlaskClient, session: Session, blank: Draft, role: str) -> None:
    people.official(session, people.unit(session), role)
    people.sign_in(client, "tiep")
    reader = Visitor(client, blank)
    listed, page = reader.get(LIST), reader.get(f"{LIST}/settle")
    assert (listed.status_code, page.status_code) == (200, 200)
    assert "Thêm bước" not in listed.text + page.text
    assert "Bỏ bước này" not in page.text
    assert "<fieldset disabled>" in page.text
    assert reader.get(f"{LIST}/settle/next-step").status_code == 403


def test_every_page_of_the_list_speaks_english(hand: Any) -> None:
    add(hand, "settle_to_done", "branch", "")
    hand.get(f"{LIST}?language=en")
    pages = {
        "": "Add a step after",
        "/settle": "Save, stay on this page",
        "/branch_1": "Take out this step",
        "/settle_to_done": "Lead to another step",
        "/settle/next-step": "Kind of step",
        "/settle/next-way": "When this step is done",
    }
    assert {path: said in hand.get(LIST + path).text for path, said in pages.items()} == dict.fromkeys(
        pages, True
    )


OMG = "http://www.omg.org/spec/"
NAMESPACES = (
    f'xmlns:b="{OMG}BPMN/20100524/MODEL" xmlns:di="{OMG}BPMN/20100524/DI" xmlns:dc="{OMG}DD/20100524/DC"'
)
# One of many steps has a place: the others are given theirs when somebody works on the list.
HALF_DRAWN = '<di:BPMNShape bpmnElement="s0"><dc:Bounds x="1" y="1" width="36" height="36"/></di:BPMNShape>'


def bpmn(body: str) -> str:
    return (
        f'<b:definitions {NAMESPACES}><b:process id="xac_nhan">{body}</b:process>{HALF_DRAWN}</b:definitions>'
    )


def flow(key: str, source: str, target: str) -> str:
    return f'<b:sequenceFlow id="{key}" sourceRef="{source}" targetRef="{target}"/>'


BADLY_DRAWN = {
    "nothing": "",
    "no start": '<b:userTask id="a"/>',
    "two starts": '<b:startEvent id="a"/><b:startEvent id="c"/>',
    "one id twice": '<b:startEvent id="a"/><b:userTask id="a"/>' + flow("a", "a", "a"),
    "a circle": '<b:userTask id="a"/><b:userTask id="c"/>' + flow("x", "a", "c") + flow("y", "c", "a"),
    "ways to nowhere": '<b:userTask id="a"/>' + flow("x", "a", "gone") + flow("y", "gone", "a"),
    "an empty id": '<b:userTask id=""/><b:userTask id="a"/>' + flow("", "a", ""),
    "ids that are no keys": '<b:userTask id="a/b?c#d"/><b:userTask id="Đ &lt;i&gt;"/>'
    + flow("x y", "a/b?c#d", "a/b?c#d"),
    "a call of nothing": '<b:startEvent id="a"/><b:callActivity id="c"/>' + flow("x", "a", "c"),
    "long": '<b:startEvent id="s0"/>'
    + "".join(f'<b:userTask id="s{n}"/>{flow(f"f{n}", f"s{n - 1}", f"s{n}")}' for n in range(1, 70)),
}


@pytest.mark.parametrize("body", BADLY_DRAWN.values(), ids=list(BADLY_DRAWN))
def test_however_badly_it_is_drawn_the_list_is_shown_and_worked_on(
    hand: Any, session: Session, blank: Draft, body: str
) -> None:
    """Each page of each part, and each act, answers; none breaks."""
    saved = save_file(session, blank, STEPS, bpmn(body), revision=1, by=LAN, at=MONDAY_MORNING)
    assert isinstance(saved, Saved)
    assert hand.get(LIST).status_code == 200
    steps = read_steps(bpmn(body).encode())
    assert isinstance(steps, Steps)
    sent = {"csrf_token": people.token(hand, LIST), "kind": "task", "name_vi": "Mới", "place": "from:"}
    sent |= {"target": "a", "act": "save", "revision": "2", "name": "Tên"}
    known = [part.key for part in steps.steps[-2:]] + [part.key for part in steps.transitions[-2:]]
    for key in map(quote, filter(None, known)):
        for page in ("", "/next-step", "/next-way"):
            assert hand.get(f"{LIST}/{key}{page}").status_code in (200, 404, 405)
        for act in ("", "/next-step", "/next-way", "/target", "/removal"):
            status = hand.post(f"{LIST}/{key}{act}", data=sent).status_code
            assert status in (200, 303, 404, 405, 409, 422), (key, act)
