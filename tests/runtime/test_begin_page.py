"""Beginning an application: everything that was not chosen is said at once, beside its question."""

import re
from html import unescape

from flask.testing import FlaskClient

from runtime.demo.accounts import PASSWORD
from runtime.models.applications import Application
from tests.runtime.town import Town
from tests.web.people import send, sign_in

PAGE = "/procedures/cap_giay_phep_xay_dung_nha_o/applications"


def test_all_that_is_missing_is_said_at_once(town: Town, client: FlaskClient) -> None:
    sign_in(client, "congdan", PASSWORD)
    answer = send(client, PAGE, PAGE, channel="online")
    assert answer.status_code == 422
    summary = answer.text.partition('class="error-summary"')[2].partition("</ul>")[0]
    assert re.findall(r'href="#([a-z_]+)">([^<]+)', unescape(summary)) == [
        ("case_type", "Chưa chọn trường hợp"),
        ("unit", "Chưa chọn cơ quan tiếp nhận"),
    ]
    for field in ("case_type", "unit"):
        assert f'id="{field}-error"' in answer.text
    assert town.all(Application) == []


def test_what_was_chosen_stays_when_the_rest_is_missing(town: Town, client: FlaskClient) -> None:
    sign_in(client, "congdan", PASSWORD)
    unit = town.units["hoa_binh"].id
    answer = send(client, PAGE, PAGE, channel="post", unit=str(unit))
    assert f'value="{unit}" selected' in answer.text
    assert 'id="unit-error"' not in answer.text
