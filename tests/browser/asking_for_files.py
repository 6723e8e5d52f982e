"""A small procedure whose form asks for files, in the house of the journeys."""

from typing import Any

from common.db import Database
from tests.conftest import MONDAY_MORNING
from tests.runtime.town import FORM, publish_small

SCANS = {
    "type": "array",
    "items": {"type": "string", "format": "file-digest"},
    "uniqueItems": True,
    "title": "Giấy tờ chứng minh",
    "description": "Bản chụp giấy chứng sinh, đủ bốn góc.",
    "x-motcua-en": {"title": "Evidence"},
    "minItems": 1,
    "maxItems": 2,
    "x-motcua-files": ["pdf", "picture", "word"],
    "x-motcua-megabytes": 5,
}


def publish(house: Database) -> None:
    pages = [{"key": "person", "title": {"vi": "Người yêu cầu"}, "fields": ["person", "scans"]}]
    form = {
        **FORM,
        "x-motcua-pages": pages,
        "properties": {**FORM["properties"], "scans": SCANS},
        "required": ["person", "scans"],
    }
    with house.transaction() as session:
        publish_small(session, MONDAY_MORNING, form=form)


def begin(page: Any) -> str:
    """The address of the page that asks."""
    page.goto("/procedures/good_standing/applications")
    page.select_option("#unit", index=1)
    page.get_by_role("button", name="Bắt đầu khai").click()
    page.wait_for_url("**/pages/person")
    page.get_by_label("Số bản", exact=True).fill("3")
    return str(page.url)


def choose(page: Any, name: str, content: bytes) -> None:
    file = {"name": name, "mimeType": "application/pdf", "buffer": content}
    page.locator("input[type=file]").set_input_files(files=[file])
    page.get_by_role("button", name="Đính kèm").click()
