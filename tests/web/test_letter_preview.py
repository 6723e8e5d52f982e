"""A letter is seen while it is written: its pages, what is wrong with it and where; it can read nothing else."""

import base64
import re

import pytest
from flask.testing import FlaskClient

from tests.web.drafting import AT, send

PREVIEW, NEW = f"{AT}/letters/preview", f"{AT}/letters/new"
DATA = "#let d = json(bytes(sys.inputs.data))\n"
PICTURE = re.compile(r'src="data:image/svg\+xml;base64,([^"]+)"')


def seen(author: FlaskClient, source: str, **more: str) -> tuple[int, str]:
    answer = send(author, PREVIEW, NEW, source=source, **more)
    return answer.status_code, answer.text


def test_each_page_is_a_picture(author: FlaskClient) -> None:
    status, text = seen(author, DATA + "#d.procedure\n#pagebreak()\n#d.official")
    pictures = [base64.b64decode(each) for each in PICTURE.findall(text)]
    assert status == 200
    assert len(pictures) == 2
    assert all(picture.startswith(b"<svg") for picture in pictures)


def test_no_more_pages_are_drawn_than_anybody_looks_at(author: FlaskClient) -> None:
    _status, text = seen(author, "#for _ in range(30) [x #pagebreak()]")
    assert len(PICTURE.findall(text)) == 10


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("một\nhai\n#nothing-like-this", 3),
        ('#read("/etc/passwd")', 1),
        ('một\n#import "@preview/cades:0.3.0"', 2),
        ('#json("/proc/self/environ")', 1),
        ('#image("../../config.py")', 1),
        ('một\n#include "main2.typ"', 2),
    ],
)
def test_what_cannot_be_made_is_told_with_its_line(author: FlaskClient, source: str, line: int) -> None:
    status, text = seen(author, source)
    assert status == 422
    assert f'data-line="{line}"' in text
    assert "root:" not in text


def test_the_answers_are_those_of_the_example(author: FlaskClient) -> None:
    """The same letter with two examples gives two pictures; with the same example twice the same one."""
    source = DATA + "#repr(d.answers)"
    first, second = "charge_1_pages_1_copies", "charge_two_documents"
    one, again, other = (seen(author, source, example=key)[1] for key in (first, first, second))
    assert one == again
    assert one != other


def test_the_page_offers_the_questions_of_the_form(author: FlaskClient) -> None:
    page = author.get(f"{AT}/letters/certification_words").text
    assert "#d.agency.name" in page
    assert (
        "d.texts.at(&#34;requester.full_name&#34;" in page
        or "d.texts.at(&#34;applicant.full_name&#34;" in page
    )


def test_without_a_script_the_preview_comes_with_the_page(author: FlaskClient) -> None:
    typed = {"source": DATA + "#d.official", "name_vi": "Giấy viết dở", "key": ""}
    text = send(author, f"{AT}/letters/view", NEW, **typed).text
    assert "Giấy viết dở" in text
    assert PICTURE.search(text)


def test_only_who_keeps_procedures_may_look(client: FlaskClient) -> None:
    assert client.post(PREVIEW, data={"source": "x"}).status_code in (302, 303, 401)
