"""Every sentence of a page has its English, and the list of sentences is the one that pages say."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from flask import Flask
from flask_babel import force_locale, pgettext

from scripts import translations
from scripts.translations import ENGLISH, problems, stored, updated, written


def test_every_sentence_has_its_english() -> None:
    assert problems(updated(stored())) == []


def test_the_catalogue_lists_exactly_what_is_said() -> None:
    assert written(updated(stored())) == ENGLISH.read_bytes()


SAYS = """{{ _("Tiếp nhận") }} {{ pgettext("act", "Tiếp nhận") }}"""
NAMES = """LABEL = lazy_pgettext("link", "Tiếp nhận")\nHINT = lazy_gettext("Ghi tên")\n"""


@pytest.fixture
def said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Catalog:
    """The list of sentences of a house with one template and one module."""
    for folder in translations.FOLDERS:
        (tmp_path / folder).mkdir()
    (tmp_path / "templates/page.html").write_text(SAYS, encoding="utf-8")
    (tmp_path / "common/links.py").write_text(NAMES, encoding="utf-8")
    monkeypatch.setattr(translations, "ROOT", tmp_path)
    known = Catalog(locale="en")
    known.add("Tiếp nhận", "Reception")
    known.add("Tiếp nhận", "Accept", context="act")
    return updated(known)


def test_the_same_words_with_another_meaning_have_an_english_of_their_own(said: Catalog) -> None:
    assert {(each.id, each.context): each.string for each in said if each.id} == {
        ("Tiếp nhận", None): "Reception",
        ("Tiếp nhận", "act"): "Accept",
        ("Tiếp nhận", "link"): "",
        ("Ghi tên", None): "",
    }
    assert problems(said) == [
        "no English: Tiếp nhận [link]  (common/links.py)",
        "no English: Ghi tên  (common/links.py)",
    ]


@pytest.mark.parametrize(
    ("meaning", "words", "english"),
    [
        ("act", "Tiếp nhận", "Accept"),
        ("stage", "Tiếp nhận", "Reception"),
        ("act", "Dừng xử lý", "Stop the dossier"),
        ("history", "Bổ sung hồ sơ", "Supplement handed in"),
        ("history", "Trả kết quả", "Result handed over"),
        ("history", "Rút hồ sơ", "Dossier withdrawn"),
    ],
)
def test_an_act_and_what_came_of_it_are_told_apart(
    app: Flask, meaning: str, words: str, english: str
) -> None:
    with app.test_request_context(), force_locale("en"):
        assert pgettext(meaning, words) == english
