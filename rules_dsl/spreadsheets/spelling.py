"""What a person puts into a cell, as the rules spell it: labels of the form, real numbers and days, yes and no."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from common.text import nfc
from rules_dsl import nodes as n
from rules_dsl.fact_types import FactType
from rules_dsl.keywords import KEYWORDS, spelled
from rules_dsl.line_printing import LinePrinter
from rules_dsl.printing import figure
from rules_dsl.spreadsheets.sheet import CellValue, Share

SPOKEN: tuple[n.Language, ...] = ("vi", "en")
TRUTHS = {"yes": ("có", "true", "x"), "no": ("không", "false")}
ANYTHING = ("*",)
_BARE = re.compile(r"[\d_.,]+")
_PARTS = re.compile(r"\s*[;,\n]\s*")


class Spelling:
    """Spells cells in the language of one rule file."""

    def __init__(self, language: n.Language) -> None:
        self.language = language
        self.printer = LinePrinter(language)

    def cell(self, value: CellValue, fact: FactType | None) -> str:
        """A cell below a key. `fact` None: nothing is known of the key."""
        match value:
            case bool():
                return spelled("yes" if value else "no", self.language)
            case Decimal():
                return figure(value)
            case Share():
                return f"{figure(value.value)}%"
            case date():
                return value.isoformat()
        text = nfc(str(value)).strip()
        return self._values(text, fact) or self._own_word(text, fact) or text

    def value(self, value: CellValue, unit: str) -> str:
        """A cell of the column of values; bare figures are in its unit."""
        match value:
            case Decimal():
                return f"{figure(value)} {unit}".rstrip() if unit != "%" else f"{figure(value)}%"
            case Share():
                return f"{figure(value.value)}%"
            case date():
                return value.isoformat()
        text = nfc(str(value)).strip()
        if unit and _BARE.fullmatch(text):
            return f"{text}%" if unit == "%" else f"{text} {unit}"
        return text

    def day(self, value: CellValue) -> str:
        return value.isoformat() if isinstance(value, date) else nfc(str(value)).strip()

    def _values(self, text: str, fact: FactType | None) -> str:
        """One or several answers of a choice, by their values or by what people see; "" when it is not that."""
        if fact is None or not fact.values:
            return ""
        known = _by_label(fact)
        whole = known.get(_plain(text))
        parts = [whole] if whole else [known.get(_plain(part)) for part in _PARTS.split(text.strip("{}"))]
        if not all(parts):
            return ""
        members = tuple(n.Word(part) for part in parts if part)
        return self.printer.cell(n.ValuesCell(members))

    def _own_word(self, text: str, fact: FactType | None) -> str:
        """`any`, `blank`, yes or no, with blanks for underscores; "" when it is none of them, or in quotes.

        In the words of the other language too, where they cannot be an answer.
        """
        meant = {"any_cell": ANYTHING, "blank": ()} | (TRUTHS if fact and fact.kind == "boolean" else {})
        languages = SPOKEN if fact and fact.kind != "text" else (self.language,)
        for key, more in meant.items():
            forms = {_folded(form) for language in languages for form in KEYWORDS[key].forms(language)}
            if _folded(text) in forms | set(more):
                return spelled(key, self.language)
        return ""


def _by_label(fact: FactType) -> Mapping[str, str]:
    """What may be written → the value. A value stands before a label that is called so."""
    labels = {
        _plain(label): value for value, text in fact.labels.items() for label in (text.vi, text.en) if label
    }
    return {**labels, **{_plain(value): value for value in fact.values}}


def _plain(text: str) -> str:
    """The text as labels and values are compared: without quotes around it."""
    return _folded(text.strip('"` '))


def _folded(text: str) -> str:
    return " ".join(nfc(text).replace("_", " ").casefold().split())
