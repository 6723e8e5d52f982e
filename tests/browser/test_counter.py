"""At the counter a clerk types from paper: hands stay on the keys, and every key is counted."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.browser.conftest import WITH_SCRIPT, WITHOUT
from tests.browser.steps import look, press, says, tells

Walk = Callable[..., Any]
ACTIVE = "document.activeElement.name"
# Question, what stands on the paper, whether a digit chooses it and goes on by itself.
COPIES = (
    ("applicant.on_behalf_of", "1", True),
    ("applicant.full_name", "Ngô Văn Bảy", False),
    ("applicant.identity_number", "036085001234", False),
    ("applicant.address", "Thôn Đông, xã An Hòa", False),
    ("applicant.phone", "0987654321", False),
    ("applicant.email", "", False),
    ("documents.0.name", "Bằng tốt nghiệp đại học", False),
    ("documents.0.issued_by", "1", True),
    ("documents.0.issuer", "Đại học Bách khoa Hà Nội", False),
    ("documents.0.number", "", False),
    ("documents.0.issued_on", "12/6/2015", False),
    ("documents.0.shown_by", "1", True),
    ("documents.0.pages", "2", False),
    ("documents.0.copies", "2", False),
    ("declaration", "1", True),
    ("paper.original.originals", "1", True),
)
BIRTH = (
    ("applicant.full_name", "Trần Thị Lan", False),
    ("applicant.born_on", "19051990", False),
    ("applicant.identity_number", "036190012345", False),
    ("applicant.residence", "Số 12, đường Lê Lợi, xã An Hòa", False),
    ("applicant.phone", "0912345678", False),
    ("applicant.email", "", False),
    ("applicant.relation", "2", True),
    ("applicant.group", "1", True),
    ("applicant.digital_citizen", "2", True),
    ("child.full_name", "Nguyễn Minh An", False),
    ("child.born_on", "20/2/2026", False),
    ("child.sex", "2", True),
    ("child.ethnic_group", "1", True),
    ("child.nationality", "1", True),
    ("child.birthplace", "Bệnh viện đa khoa tỉnh Thanh Bình", False),
    ("child.home_place", "Xã An Hòa, tỉnh Thanh Bình", False),
    ("child.by_surrogacy", "2", True),
    ("birth.electronic_note", "2", True),
    ("mother.full_name", "Trần Thị Lan", False),
    ("mother.birth_year", "1990", False),
    ("mother.ethnic_group", "1", True),
    ("mother.nationality", "1", True),
    ("mother.residence", "Số 12, đường Lê Lợi, xã An Hòa", False),
    ("mother.identity_number", "", False),
    ("father.full_name", "Nguyễn Văn Minh", False),
    ("father.birth_year", "1988", False),
    ("father.ethnic_group", "1", True),
    ("father.nationality", "1", True),
    ("father.residence", "Số 12, đường Lê Lợi, xã An Hòa", False),
    ("father.identity_number", "", False),
    # Opens the three that follow: whoever went on already is led back.
    ("marriage.registered", "1", True),
    ("marriage.number", "25/2019", False),
    ("marriage.issued_on", "10062019", False),
    ("marriage.office", "Ủy ban nhân dân xã An Hòa", False),
    ("request.copies", "2", False),
    ("request.result_channel", "2", True),
    ("request.delivery_address", "Số 12, đường Lê Lợi, xã An Hòa", False),
    ("request.undertaking", "1", True),
)


def is_at(page: Any, name: str) -> None:
    page.wait_for_function(f"name => {ACTIVE} === name", arg=name)


class Clerk:
    """Types, and never touches the mouse."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.strokes = self.letters = 0

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)
        self.strokes += len(words)

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.strokes += 1

    def is_at(self, name: str) -> None:
        is_at(self.page, name)

    def copy(self, paper: Any) -> None:
        """Question by question as the keys lead."""
        for name, words, goes_on in paper:
            self.is_at(name)
            self.type(words)
            self.letters += len(words)
            if not goes_on:
                self.press("Enter")


def at_the_form(walk_in: Walk, procedure: str, case: str) -> Any:
    page = walk_in("tiep")
    page.goto(f"/desk/counter?q={procedure}")
    page.get_by_role("button", name=case, exact=True).first.click()
    page.wait_for_url("**/desk/counter/*")
    return page


def received(clerk: Clerk) -> None:
    """What it costs, and then the dossier."""
    clerk.press("Control+Enter")
    clerk.page.wait_for_function("() => document.activeElement.value === 'accept'")
    clerk.press("Enter")
    clerk.page.wait_for_url("**/desk/dossiers/*")
    says(clerk.page, "Đã tiếp nhận, mã hồ sơ", exact=False)


@WITH_SCRIPT
def test_a_certified_copy_is_received_by_keys_alone(walk_in: Walk) -> None:
    clerk = Clerk(at_the_form(walk_in, "ban+sao", "Nhập hồ sơ"))
    look(clerk.page)
    clerk.copy(COPIES)
    expect(clerk.page.locator("#quote-beside")).to_contain_text("8.000 đồng")
    received(clerk)
    tells(clerk.page, "Ngô Văn Bảy")
    tells(clerk.page, "12/06/2015")
    # Besides what stands on the paper, a key a question.
    assert clerk.strokes - clerk.letters <= 13
    assert clerk.strokes <= 129


@WITH_SCRIPT
def test_a_birth_is_received_by_keys_alone(walk_in: Walk) -> None:
    clerk = Clerk(at_the_form(walk_in, "khai+sinh", "Khai sinh thông thường"))
    clerk.copy(BIRTH)
    received(clerk)
    tells(clerk.page, "Nguyễn Minh An")
    assert clerk.strokes - clerk.letters <= 25
    assert clerk.strokes <= 360


@WITH_SCRIPT
def test_a_key_adds_a_row_and_leads_into_it(walk_in: Walk) -> None:
    page = at_the_form(walk_in, "ban+sao", "Nhập hồ sơ")
    page.locator("[name='documents.0.name']").fill("Giấy khai sinh")
    page.keyboard.press("Alt+n")
    is_at(page, "documents.1.name")
    assert page.locator("[name='documents.0.name']").input_value() == "Giấy khai sinh"


@WITH_SCRIPT
def test_what_is_wrong_is_said_beside_it_and_one_stands_at_the_first(walk_in: Walk) -> None:
    page = at_the_form(walk_in, "ban+sao", "Nhập hồ sơ")
    page.keyboard.press("1")
    page.locator("[name='documents.0.issued_on']").fill("31/2/2020")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    is_at(page, "applicant.full_name")
    wrong = page.locator("[name='documents.0.issued_on']")
    assert wrong.input_value() == "31/2/2020"
    assert wrong.get_attribute("aria-invalid") == "true"
    look(page)
    # Mending one does not take the clerk away from the next.
    page.locator("[name='applicant.full_name']").fill("Ngô Văn Bảy")
    page.keyboard.press("Enter")
    is_at(page, "applicant.identity_number")
    expect(page.locator("#f-applicant-full_name-field .field-error")).to_have_count(0)
    assert page.evaluate(ACTIVE) == "applicant.identity_number"


@WITHOUT
def test_without_scripts_a_date_in_one_piece_and_the_buttons_do_it(walk_in: Walk) -> None:
    page = at_the_form(walk_in, "ban+sao", "Nhập hồ sơ")
    page.locator("[name='documents.0.issued_on']").fill("12.6.2015")
    press(page, "Thêm giấy tờ")
    assert page.locator("[name='documents.0.issued_on']").input_value() == "12/6/2015"
    expect(page.locator("[name='documents.1.name']")).to_have_count(1)
