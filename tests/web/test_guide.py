"""The guide is one press away from every page, at the section that is about it."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from common.guide.documents import document, names
from common.guide.places import GUIDES, place_of
from common.guide.views import document_named

# What is no page that a person works on: files, fragments, machines' questions, and the guide itself.
NO_PAGE = re.compile(
    r"(assets|guide|health)\.|static|portal\.(document|letter)$|.*(_file|_printout|_basis|_package|_template|_frame|_preview)$"
)


def pages(app: Flask) -> Iterator[str]:
    """The endpoints of all pages that people open."""
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and not NO_PAGE.match(rule.endpoint):
            yield rule.endpoint


@pytest.mark.parametrize("language", GUIDES)
def test_every_page_has_a_section_that_is_about_it(app: Flask, language: str) -> None:
    guides = [document_named(name) for name in GUIDES[language]]
    found = list(pages(app))
    assert len(found) > 90
    assert [endpoint for endpoint in found if place_of(endpoint, guides) is None] == []


@pytest.mark.parametrize("language", GUIDES)
def test_every_section_that_names_a_page_names_one_that_there_is(app: Flask, language: str) -> None:
    endpoints = set(pages(app))
    guides = [document_named(name) for name in GUIDES[language]]
    named = {pattern for guide in guides for section in guide.sections for pattern in section.pages}
    unknown = {
        pattern for pattern in named if not any(each.startswith(pattern.rstrip("*")) for each in endpoints)
    }
    assert unknown == set()


def test_both_languages_lead_to_the_same_place(app: Flask) -> None:
    """Sections of a guide stand in the same order in both languages."""

    def number(endpoint: str, language: str) -> tuple[int, int]:
        guides = [document_named(name) for name in GUIDES[language]]
        place = place_of(endpoint, guides)
        assert place is not None
        return guides.index(place.document), place.document.sections.index(place.section)

    assert [each for each in pages(app) if number(each, "vi") != number(each, "en")] == []


def test_a_page_leads_to_its_section(client: FlaskClient) -> None:
    page = client.get("/procedures").text
    address = re.search(r'class="guide-link" href="([^"#]+)#([^"]+)"', page)
    assert address is not None
    there = client.get(address[1]).text
    assert f'id="{unquote(address[2])}"' in there
    beside = re.search(r'data-guide="([^"]+)"', page)
    assert beside is not None
    section = client.get(beside[1]).text
    assert section.count("<h2") == 1
    assert "Tìm và đọc một thủ tục" in section


def test_the_guide_speaks_the_language_of_the_page(client: FlaskClient) -> None:
    client.get("/?language=en")
    assert "Find and read a procedure" in client.get("/guide/section?of=portal.procedures").text


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ho so cu", "Hồ sơ của hệ thống cũ"),
        ("TỶ GIÁ", "Tỷ giá"),
        ("rút", "Rút hồ sơ"),
    ],
)
def test_words_are_found_however_they_are_accented(client: FlaskClient, words: str, found: str) -> None:
    page = client.get("/guide", query_string={"q": words}).text
    assert found in page.split('class="guide-hits"')[1].split("</ul>")[0]


def test_what_is_not_found_is_told(client: FlaskClient) -> None:
    assert "Không có mục nào nói về điều này" in client.get("/guide?q=xyzzy").text
    assert client.get("/guide/section?of=nobody.knows").status_code == 404
    assert client.get("/docs/guide/vi/khong-co").status_code == 404
    assert client.get("/docs/../config").status_code == 404


def test_every_document_is_a_page_whose_links_lead_somewhere(client: FlaskClient) -> None:
    for name in sorted(names()):
        answer = client.get(f"/docs/{name}")
        assert answer.status_code == 200, name
        text = answer.text.split('class="guide-text"')[1].split("</article>")[0]
        assert "<!--" not in text
        for link in re.findall(r'(?:href|src)="(/[^"#]+)', text):
            assert client.get(link).status_code == 200, f"{name}: {link}"


def test_a_link_that_leads_out_of_the_guide_keeps_its_words() -> None:
    found = document("guide/vi/quan-tri", lambda name: f"/{name}", lambda path: f"/{path}")
    assert not re.search(r'href="[^"#/:]+\.(py|toml)"', found.html)
