"""What the page of a ready-made procedure tells before anybody has said anything: all of it, in words."""

import re
from datetime import date
from html import unescape

import pytest
from flask.testing import FlaskClient

from common.identity.actor import machine
from common.money import Money
from procedure_library.definition import Definition
from procedure_library.package import read_package
from procedure_library.ready_made import CATALOGUE
from procedure_library.reference import record_parameter
from rules_dsl.evaluation import ParameterValue
from runtime.demo.accounts import PASSWORD
from tests.runtime.small import MONDAY
from tests.runtime.test_pinning import LOCAL
from tests.runtime.town import SMALL, Town, publish_small
from tests.web.people import sign_in

PROCEDURES = ["chung_thuc_ban_sao", "dang_ky_khai_sinh", "cap_giay_phep_xay_dung_nha_o"]


@pytest.mark.parametrize("key", PROCEDURES)
def test_the_page_lists_cases_papers_amounts_steps_law_and_what_is_left_out(
    town: Town, client: FlaskClient, key: str
) -> None:
    definition = read_package(CATALOGUE / key)
    assert isinstance(definition, Definition)
    said = words(client.get(f"/procedures/{key}").text)
    assert definition.left_out
    for text in (*definition.left_out, *(result.name for result in definition.results)):
        assert text.vi in said
    for citation in definition.legal_basis:
        assert citation.number in said
    for kind in definition.case_types if len(definition.case_types) > 1 else ():
        assert f"Trường hợp: {kind.name.vi}" in said
    english = words(client.get(f"/procedures/{key}?language=en", follow_redirects=True).text)
    assert "Not possible on this page yet" in english
    for text in (said, english):
        assert not re.search(r"[a-zđ]_[a-zđ]", text), "code of a rule on a page for citizens"


def test_amounts_are_told_in_words_with_the_law(town: Town, client: FlaskClient) -> None:
    said = words(client.get("/procedures/chung_thuc_ban_sao").text)
    for line in (
        "Theo từng «Số trang của bản chính» – từ 1 thu 2.000 đồng – từ 3 thu 1.000 đồng Tối đa 200.000 đồng",
        "Thông tư 226/2016/TT-BTC, Điều 4",
    ):
        assert line in said


def test_what_the_province_decided_is_told_with_its_day_and_basis(town: Town, client: FlaskClient) -> None:
    said = words(client.get("/procedures/cap_giay_phep_xay_dung_nha_o").text)
    assert "75.000 đồng" in said
    decide(town, 60_000, date(2026, 3, 1), "Nghị quyết 3/2026/NQ-HĐND")
    decide(town, 90_000, date(2026, 5, 1), "Nghị quyết 9/2026/NQ-HĐND")
    said = words(client.get("/procedures/cap_giay_phep_xay_dung_nha_o").text)
    assert "60.000 đồng – Ủy ban nhân dân tỉnh Lam Sơn, từ 01/03/2026. Nghị quyết 3/2026/NQ-HĐND" in said
    assert "90.000 đồng" not in said


def test_an_amount_that_nobody_decided_is_told_as_missing(town: Town, client: FlaskClient) -> None:
    publish_small(town.session, MONDAY, MONDAY.date(), rules=LOCAL)
    said = words(client.get(f"/procedures/{SMALL}").text)
    assert "Thu «Mức phí một bản»" in said
    assert "Địa phương chưa công bố mức thu này." in said


@pytest.mark.parametrize("key", PROCEDURES)
def test_officials_also_read_what_they_still_do_outside(town: Town, client: FlaskClient, key: str) -> None:
    definition = read_package(CATALOGUE / key)
    assert isinstance(definition, Definition)
    assert definition.by_hand
    sign_in(client, "thuly", PASSWORD)
    said = words(client.get(f"/procedures/{key}").text)
    assert all(text.vi in said for text in definition.by_hand)


def decide(town: Town, amount: int, on: date, basis: str) -> None:
    record_parameter(
        town.session,
        "cap_giay_phep_xay_dung_nha_o",
        "permit_amount",
        ParameterValue(Money(amount), from_on=on, keys=("*",)),
        area="99",
        basis=basis,
        by=machine("test"),
        at=MONDAY,
    )
    town.session.flush()


def words(page: str) -> str:
    main = page.partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", main)))
