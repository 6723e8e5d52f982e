"""The English of the pages, read at the start from what people write: no compiled copy can be out of date."""

from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

ENGLISH = Path(__file__).parents[1] / "translations/en/LC_MESSAGES/messages.po"


@cache
def translations(language: str) -> NullTranslations:
    """What turns a Vietnamese sentence of a page into the language."""
    if language != "en":
        return NullTranslations()
    binary = BytesIO()
    with ENGLISH.open("rb") as file:
        write_mo(binary, read_po(file, locale="en"))
    binary.seek(0)
    return Translations(binary)
