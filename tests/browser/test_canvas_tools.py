"""What the toolbar and the keys of the canvas do: lanes, arranging, searching, copying, exporting, playing."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.drawing import STEPS, centre, choose, shape, wait_for_panel, wait_until_saved

# Every shape of the drawing with where it stands, in the drawing's own measure.
PLACES = """() => {
  const shapes = document.querySelectorAll(".djs-element.djs-shape:not([data-element-id$=_label])");
  return Object.fromEntries([...shapes].map((each) => [each.dataset.elementId, each.getAttribute("transform")]));
}"""


def act(page: Any, name: str) -> Any:
    return page.locator(f"[data-act={name}]")


# Read in one go: a drawing that scrolls between two looks would seem crooked.
TOPS = """keys => keys.map(key => document.querySelector(`.djs-element[data-element-id="${key}"] .djs-visual`)
  .parentNode.getCTM().f).map(Math.round)"""


def canvas(page: Any) -> Any:
    return page.locator("#canvas .djs-container > svg")


def test_a_path_is_played_step_by_step_and_stopped(draw: Callable[..., Any]) -> None:
    page = draw()
    page.emulate_media(reduced_motion="reduce")
    page.evaluate(
        """() => document.querySelector("#findings").insertAdjacentHTML("beforeend",
          '<button id="walk" data-path="compare compare_to_compared compared compared_to_verdict">Xem</button>')"""
    )
    said = page.locator(".player-said")
    page.locator("#walk").click()
    expect(said).to_have_text("Bước 1 trên 3: Đối chiếu bản sao với bản chính, ghi lời chứng")
    expect(said).to_have_text("Bước 3 trên 3: Được chứng thực hay không")
    expect(page.locator(".play-token")).to_have_count(1)
    page.locator("[data-play=back]").press("Enter")
    expect(said).to_have_text("Bước 2 trên 3: Kết quả đối chiếu")
    expect(page.locator('.djs-element.is-played[data-element-id="compared"]')).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator("[data-player]")).to_be_hidden()
    expect(page.locator(".play-token, .is-played, .is-passed")).to_have_count(0)
    expect(page.locator("#walk")).to_be_focused()


def test_a_task_moved_into_another_lane_becomes_the_work_of_its_role(draw: Callable[..., Any]) -> None:
    page = draw()
    act(page, "lanes").click()
    act(page, "arrange").click()
    expect(page.locator("#drawing-said")).to_contain_text("Đã sắp xếp lại")
    expect(page.locator(".lane").first).to_be_visible()
    choose(page, "collect")
    assert page.get_by_label("Ai làm", exact=True).input_value() == "cashier"
    there = centre(page, "sign")[1] - centre(page, "collect")[1]
    key = "ArrowDown" if there > 0 else "ArrowUp"
    canvas(page).focus()
    while abs(centre(page, "sign")[1] - centre(page, "collect")[1]) > 15:
        page.keyboard.press(f"Shift+{key}")
    expect(page.get_by_label("Ai làm", exact=True)).to_have_value("approver")
    # Each press was a move, and took its change of role with it.
    for _each in range(40):
        page.keyboard.press("Control+z")
    choose(page, "collect")
    expect(page.get_by_label("Ai làm", exact=True)).to_have_value("cashier")


def test_another_role_moves_nothing_until_the_drawing_is_arranged(draw: Callable[..., Any]) -> None:
    page = draw()
    act(page, "lanes").click()
    act(page, "arrange").click()
    expect(page.locator("#lanes-said")).to_be_empty()
    choose(page, "sign")
    before = page.evaluate(PLACES)
    page.get_by_label("Ai làm", exact=True).select_option("reception")
    page.get_by_label("Ở đâu").select_option("receiving")
    expect(page.locator("#lanes-said")).to_contain_text("đứng ngoài làn của mình")
    assert page.evaluate(PLACES) == before
    act(page, "arrange").click()
    expect(page.locator("#lanes-said")).to_be_empty()
    wait_until_saved(page)


def test_arranging_is_taken_back_in_one_go(draw: Callable[..., Any]) -> None:
    page = draw()
    choose(page, "sign")
    canvas(page).focus()
    for _each in range(8):
        page.keyboard.press("Shift+ArrowDown")
    before = page.evaluate(PLACES)
    act(page, "arrange").click()
    expect(page.locator("#drawing-said")).to_contain_text("Đã sắp xếp lại")
    assert page.evaluate(PLACES) != before
    act(page, "undo").click()
    assert page.evaluate(PLACES) == before


def test_a_step_is_found_without_accents_and_the_next_one_by_enter(draw: Callable[..., Any]) -> None:
    page = draw()
    canvas(page).focus()
    page.keyboard.press("Control+f")
    expect(page.locator("#find-step")).to_be_focused()
    page.keyboard.type("chung thuc")
    page.keyboard.press("Enter")
    expect(page.locator("#drawing-search [role=status]")).to_contain_text("1 trên")
    first = page.locator("#chosen").input_value()
    page.keyboard.press("Enter")
    expect(page.locator("#chosen")).not_to_have_value(first)
    page.keyboard.press("Control+a")
    page.keyboard.type("collect")
    page.keyboard.press("Enter")
    expect(page.locator("#chosen")).to_have_value("collect")
    page.keyboard.press("Control+a")
    page.keyboard.type("khong co dau")
    expect(page.locator("#drawing-search [role=status]")).to_have_text("Không thấy")


def test_chosen_steps_are_aligned_and_spread_by_keys(draw: Callable[..., Any]) -> None:
    page = draw()
    expect(page.locator("#drawing-align")).to_be_hidden()
    for wanted in ("compare", "sign", "collect"):
        page.locator("#find-step").fill(wanted)
        page.locator("#find-step").press("Control+Enter")
    expect(page.locator("#drawing-align")).to_be_visible()
    canvas(page).focus()
    page.keyboard.press("Shift+T")
    assert len(set(page.evaluate(TOPS, ["compare", "sign", "collect"]))) == 1
    act(page, "undo").click()
    canvas(page).focus()
    page.keyboard.press("Shift+H")
    left, middle, right = (centre(page, key)[0] for key in ("compare", "sign", "collect"))
    assert abs((left + right) / 2 - middle) < 3


def test_steps_are_connected_without_a_mouse(draw: Callable[..., Any]) -> None:
    page = draw()
    page.locator("#chosen").select_option("collect")
    page.locator("#connect-to").select_option("refused")
    page.locator("#connecting button").press("Enter")
    wait_for_panel(page, "collect_to_refused")


def test_steps_copied_in_one_draft_are_pasted_in_another_with_what_they_say(
    draw: Callable[..., Any], all_drafts: None
) -> None:
    page = draw()
    for wanted in ("compare", "compared", "sign"):
        page.locator("#find-step").fill(wanted)
        page.locator("#find-step").press("Control+Enter")
    act(page, "copy-steps").click()
    expect(page.locator("#drawing-said")).to_contain_text("Đã sao chép")
    page.goto(STEPS.replace("1", "2"))
    page.locator(".djs-palette .entry").first.wait_for()
    act(page, "paste-steps").click()
    expect(page.locator("#drawing-said")).to_contain_text("Đã dán")
    wait_until_saved(page)
    key = "doi_chieu_ban_sao_voi_ban_chinh_ghi"
    page.reload()
    page.locator("#chosen").select_option(key)
    wait_for_panel(page, key)
    assert page.get_by_label("Ai làm", exact=True).input_value() == "case_officer"
    assert page.get_by_label("Chữ trên nút").count() >= 2
    # What the other procedure lacks is named, never dropped.
    expect(page.locator("#findings")).to_contain_text("trang «comparison»")


def test_the_drawing_is_taken_away_as_svg_png_and_pdf(draw: Callable[..., Any]) -> None:
    page = draw()
    act(page, "lanes").click()
    made = {name: _file(page, name) for name in ("svg", "png", "a3")}
    assert "Be Vietnam Pro" in made["svg"].decode()
    assert "Ký" in made["svg"].decode()
    # The first part of a PNG says its width.
    assert int.from_bytes(made["png"][16:20], "big") > 1500
    (sheet,) = PdfReader(BytesIO(made["a3"])).pages
    assert [round(float(side) / 72 * 25.4) for side in sheet.mediabox[2:]] == [420, 297]
    text = sheet.extract_text()
    for words in ("Chứng thực bản sao", "Bản soạn thảo số 1", "Các làn", "Công chức thụ lý"):
        assert words in text


def test_the_small_map_moves_what_is_in_sight(draw: Callable[..., Any]) -> None:
    page = draw()
    act(page, "minimap").click()
    frame = page.locator(".minimap-frame")
    was = frame.get_attribute("x")
    page.locator("#minimap").press("ArrowRight")
    expect(frame).not_to_have_attribute("x", str(was))
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.locator("#minimap")).to_be_hidden()


def _file(page: Any, name: str) -> bytes:
    page.locator("#drawing-files summary").click()
    with page.expect_download() as download:
        act(page, name).click()
    with open(download.value.path(), "rb") as file:
        return file.read()


def test_a_published_version_shows_its_drawing_to_read_and_to_take_away(draw: Callable[..., Any]) -> None:
    page = draw()
    page.goto("/designer/procedures/chung_thuc_ban_sao/versions/1/steps")
    expect(shape(page, "sign")).to_be_visible()
    act(page, "lanes").click()
    expect(page.locator(".lane").first).to_be_visible()
    page.locator("#find-step").fill("ky chung thuc")
    page.locator("#find-step").press("Enter")
    expect(page.locator('.djs-element.selected[data-element-id="sign"]')).to_have_count(1)
    for absent in (".djs-palette", "[data-act=arrange]", "[data-act=paste-steps]"):
        expect(page.locator(absent)).to_have_count(0)
    (sheet,) = PdfReader(BytesIO(_file(page, "a4"))).pages
    assert "Phiên bản 1" in sheet.extract_text()


def test_a_step_is_added_connected_and_taken_back_without_a_mouse(draw: Callable[..., Any]) -> None:
    page = draw()
    page.locator("#chosen").select_option("collect")
    wait_for_panel(page, "collect")
    canvas(page).focus()
    page.keyboard.press("Shift+P")
    expect(page.get_by_label("Tên", exact=True)).to_be_focused()
    page.locator("#chosen").select_option("")
    page.locator(".djs-palette .entry", has_text="Công việc").press("Enter")
    wait_for_panel(page, "task_1")
    canvas(page).focus()
    page.keyboard.press("Shift+G")
    expect(page.locator("#connect-to")).to_be_focused()
    page.locator("#connect-to").select_option("sign")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    wait_for_panel(page, "task_1_to_sign")
    page.keyboard.press("Delete")
    expect(page.locator("#chosen option[value=task_1_to_sign]")).to_have_count(0)
    page.keyboard.press("Control+z")
    expect(page.locator("#chosen option[value=task_1_to_sign]")).to_have_count(1)
    canvas(page).focus()
    page.keyboard.press("Shift+X")
    expect(page.locator("#drawing-files summary")).to_be_focused()
