"""The steps of a draft edited as a list: by forms alone, saved like any other file."""

import re
from typing import Any

from common.text import Text
from procedure_library.definition import Duration, Outcome, Step
from tests.web.drafting import AT, send
from tests.web.step_lists import LIST, add, panel, panel_in, save, step, way, ways


def test_the_list_is_read_in_the_order_of_the_walk(hand: Any) -> None:
    page = hand.get(LIST)
    assert page.status_code == 200
    assert re.findall(r'<li id="step-(\w+)" tabindex="-1" class="card"', page.text) == [
        "begin",
        "settle",
        "done",
    ]
    assert "Công chức thụ lý" in page.text or "Cán bộ" in page.text


def test_a_step_is_put_on_a_way(hand: Any, drawn: Any) -> None:
    answer = add(hand, "settle_to_done", "task", "Ký duyệt")
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith("/steps/list#step-ky_duyet")
    assert ways(drawn()) == {("begin", "settle"), ("settle", "ky_duyet"), ("ky_duyet", "done")}
    assert step(drawn(), "ky_duyet").name == Text("Ký duyệt")
    assert {"begin", "settle", "ky_duyet", "done"} <= set(drawn().drawing.shapes)


def test_after_a_step_with_one_way_on_the_first_place_offered_is_on_it(hand: Any, drawn: Any) -> None:
    offered = re.findall(r'<option[^>]* value="((?:on|from):\w*)"', hand.get(f"{LIST}/settle/next-step").text)
    assert offered == ["on:settle_to_done", "from:", "from:overdue", "from:withdrawn"]
    add(hand, "settle", "branch", "", "on:settle_to_done")
    assert ways(drawn()) == {("begin", "settle"), ("settle", "branch_1"), ("branch_1", "done")}


def test_a_step_is_put_at_the_end_of_a_new_way(hand: Any, drawn: Any) -> None:
    add(hand, "settle", "branch", "", "on:settle_to_done")
    add(hand, "branch_1", "end", "Từ chối", "from:")
    add(hand, "settle", "task", "Đôn đốc", "from:overdue")
    assert way(drawn(), "branch_1_to_tu_choi").target == "tu_choi"
    assert way(drawn(), "settle_overdue_to_don_doc").on == "overdue"


def test_two_steps_are_joined_and_a_way_is_led_elsewhere(hand: Any, drawn: Any) -> None:
    add(hand, "settle", "task", "Đôn đốc", "from:overdue")
    page = f"{LIST}/don_doc/next-way"
    assert send(hand, page, page, target="settle", on="").status_code == 303
    assert ("don_doc", "settle") in ways(drawn())
    led = f"{LIST}/don_doc_to_settle"
    assert send(hand, f"{led}/target", led, target="done").status_code == 303
    assert ("don_doc", "done") in ways(drawn())
    assert ("don_doc", "settle") not in ways(drawn())


def test_a_branch_says_which_way_is_taken_when(hand: Any, drawn: Any) -> None:
    add(hand, "settle", "branch", "Kết luận", "on:settle_to_done")
    add(hand, "ket_luan", "end", "Từ chối", "from:")
    onward = next(w.key for w in drawn().transitions if (w.source, w.target) == ("ket_luan", "done"))
    save(hand, "ket_luan", **{f"when.{onward}": "granted", "default": "ket_luan_to_tu_choi"})
    assert (way(drawn(), onward).when, way(drawn(), onward).default) == ("granted", False)
    assert way(drawn(), "ket_luan_to_tu_choi").default
    assert "Khi «Đồng ý»" in hand.get(LIST).text
    save(hand, "ket_luan_to_tu_choi", when="granted", is_default=[])
    assert (way(drawn(), "ket_luan_to_tu_choi").when, way(drawn(), "ket_luan_to_tu_choi").default) == (
        "granted",
        False,
    )


def test_taking_out_a_step_joins_its_neighbours_or_tells_which_ways_go(hand: Any, drawn: Any) -> None:
    before = drawn()
    add(hand, "settle_to_done", "task", "Ký duyệt")
    page = f"{LIST}/ky_duyet"
    assert "được nối thẳng với bước đứng sau" in hand.get(page).text
    assert send(hand, f"{page}/removal", page).status_code == 303
    assert (drawn().steps, drawn().transitions) == (before.steps, before.transitions)
    add(hand, "settle", "supplement", "Chờ bổ sung", "from:")
    told = hand.get(f"{LIST}/settle").text
    assert "Những đường này mất theo" in told
    assert "Giải quyết hồ sơ → Chờ bổ sung" in told
    send(hand, f"{LIST}/settle/removal", f"{LIST}/settle")
    assert ways(drawn()) == set()


def test_a_way_is_taken_out(hand: Any, drawn: Any) -> None:
    page = f"{LIST}/settle_to_done"
    send(hand, f"{page}/removal", page)
    assert ways(drawn()) == {("begin", "settle")}
    assert "Chưa có đường nào dẫn tới bước này" in hand.get(LIST).text


def test_where_nothing_begins_a_start_is_added(hand: Any, drawn: Any) -> None:
    page = f"{LIST}/begin"
    send(hand, f"{page}/removal", page)
    assert "Thêm bước bắt đầu" in hand.get(LIST).text
    assert send(hand, f"{AT}/steps/beginning", LIST, name_vi=" ").status_code == 422
    send(hand, f"{AT}/steps/beginning", LIST, name_vi="Tiếp nhận")
    assert step(drawn(), "tiep_nhan").kind == "start"
    again = send(hand, f"{AT}/steps/beginning", LIST, name_vi="Tiếp nhận")
    assert (again.status_code, "đã có bước bắt đầu" in again.text) == (422, True)


def test_the_panel_of_a_task_is_a_page(hand: Any, drawn: Any) -> None:
    save(
        hand,
        "settle",
        name="Thẩm tra",
        role="approver",
        budget_amount="1 0",
        budget_unit="calendar_day",
        shows=[],
    )
    task = step(drawn(), "settle")
    assert (task.name.vi, task.role, task.shows) == ("Thẩm tra", "approver", ())
    assert task.budget == Duration(10, "calendar_day")
    assert task.outcomes == (Outcome("granted", Text("Đồng ý", "Grant"), "granted"),)


def test_a_name_is_one_line_whatever_box_it_is_typed_into(hand: Any, drawn: Any) -> None:
    save(hand, "settle", name="Thẩm tra \r\n hồ sơ", **{"outcome.0.label": "Đồng\ný"})
    assert step(drawn(), "settle").name.vi == "Thẩm tra hồ sơ"
    assert step(drawn(), "settle").outcomes[0].label.vi == "Đồng ý"


def test_what_a_page_did_not_ask_for_stays(hand: Any, drawn: Any) -> None:
    before = step(drawn(), "settle")
    send(hand, f"{LIST}/settle", f"{LIST}/settle", name="Khác", act="save", key="x", kind="end", nothing="1")
    after = step(drawn(), "settle")
    assert after == Step(
        **{**{n: getattr(before, n) for n in Step.__slots__}, "name": Text("Khác", before.name.en)}
    )


def test_rows_are_added_and_taken_out_without_losing_what_was_typed(hand: Any, drawn: Any) -> None:
    before = drawn()
    page = save(hand, "settle", act="add.outcome", name="Đang gõ")
    assert page.status_code == 200
    assert drawn() == before
    assert panel_in(page.text)["name"] == ["Đang gõ"]
    assert re.search(r'name="outcome\.1\.label"[^>]*autofocus', page.text)
    typed = {
        "outcome.1.label": "Không đồng ý",
        "outcome.1.decision": "refused",
        "outcome.1.needs_reason": "1",
    }
    save(hand, "settle", **{"outcome.1.key": "", **typed})
    assert step(drawn(), "settle").outcomes[1] == Outcome(
        "khong_dong_y", Text("Không đồng ý"), "refused", True
    )
    page = save(hand, "settle", act="remove.outcome.0")
    assert panel_in(page.text)["outcome.0.label"] == ["Không đồng ý"]
    assert "outcome.1.label" not in panel_in(page.text)
    assert re.search(r'value="add\.outcome"[^>]*autofocus', page.text)


def test_ways_follow_an_outcome_whose_key_changes_also_past_rows_taken_out(hand: Any, drawn: Any) -> None:
    save(hand, "settle", **{"outcome.1.label": "Từ chối", "outcome.1.key": ""})
    add(hand, "settle_to_done", "branch", "Kết luận")
    onward = next(w.key for w in drawn().transitions if w.source == "ket_luan")
    save(hand, "ket_luan", **{f"when.{onward}": "tu_choi"})
    typed = {name: value for name, value in panel(hand, "settle").items() if not name.startswith("outcome.0")}
    send(hand, f"{LIST}/settle", f"{LIST}/settle", **{**typed, "outcome.1.key": "khong_cap", "act": "save"})
    assert [o.key for o in step(drawn(), "settle").outcomes] == ["khong_cap"]
    assert way(drawn(), onward).when == "khong_cap"


def test_what_nobody_named_gets_its_key_with_its_name(hand: Any, drawn: Any) -> None:
    add(hand, "settle_to_done", "branch", "")
    add(hand, "branch_1", "end", "Từ chối", "from:")
    answer = save(hand, "branch_1", name="Có đủ điều kiện?", act="stay")
    assert answer.headers["Location"].endswith("/steps/list/co_du_dieu_kien")
    assert {("co_du_dieu_kien", "done"), ("co_du_dieu_kien", "tu_choi")} <= ways(drawn())
    assert "co_du_dieu_kien_to_tu_choi" in {w.key for w in drawn().transitions}
    save(hand, "co_du_dieu_kien", name="Khác hẳn")
    assert step(drawn(), "co_du_dieu_kien").name.vi == "Khác hẳn"


def test_what_was_done_is_undone_and_done_again(hand: Any, drawn: Any) -> None:
    before = drawn()
    add(hand, "settle_to_done", "task", "Ký duyệt")
    after = drawn()
    send(hand, f"{AT}/steps/undoing", LIST, to="back")
    assert drawn() == before
    send(hand, f"{AT}/steps/undoing", LIST, to="forth")
    assert drawn() == after
    assert "steps.bpmn" in hand.get(f"{AT}/history").text
