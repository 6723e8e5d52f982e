"""Text as people type it and as the machine compares it."""

import unicodedata
from dataclasses import dataclass
from typing import Any

LANGUAGES = ("vi", "en")
MOST_MARKS = 30
# Shorter texts cannot heap marks so high that it matters.
LONG = 1_000


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence in both languages. English may be empty where an agency has none: Vietnamese then stands."""

    vi: str
    en: str = ""

    def in_(self, language: str) -> str:
        return (self.en or self.vi) if language == "en" else self.vi

    def to_json(self) -> dict[str, str]:
        return {"vi": self.vi, "en": self.en} if self.en else {"vi": self.vi}

    @classmethod
    def from_json(cls, body: Any) -> "Text":
        """Reads {"vi": …, "en": …}, or a bare string as Vietnamese."""
        if isinstance(body, str):
            return cls(nfc(body))
        return cls(nfc(str(body["vi"])), nfc(str(body.get("en", ""))))


UNSAID = Text("")


def nfc(text: str) -> str:
    """Composed letters: some keyboards type ế as three characters, and some printers then break it."""
    return unicodedata.normalize(
        "NFC", _stream_safe(text) if len(text) >= LONG and _has_marks(text) else text
    )


def _has_marks(text: str) -> bool:
    """Whether any mark stands apart from its letter: hardly ever, and quickly told."""
    return any(map(unicodedata.combining, set(text)))


def _stream_safe(text: str) -> str:
    """The text with at most thirty marks in a row on a letter, a joiner between them and the next thirty.

    No language heaps more (Unicode Standard Annex #15, Stream-Safe Text Format); composing a longer heap would
    take time that grows with its square.
    """
    found, marks = [], 0
    for letter in text:
        marks = marks + 1 if unicodedata.combining(letter) else 0
        if marks > MOST_MARKS:
            found.append("\N{COMBINING GRAPHEME JOINER}")
            marks = 1
        found.append(letter)
    return "".join(found)


def folded(text: str) -> str:
    """Lower case without accents (đ → d), for search: "ho tich" finds "Hộ tịch"."""
    decomposed = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = {"\N{COMBINING HOOK ABOVE}": "2", "\N{COMBINING GRAVE ACCENT}": "1", "\N{COMBINING TILDE}": "3"}
_TONES |= {"\N{COMBINING ACUTE ACCENT}": "4", "\N{COMBINING DOT BELOW}": "5"}


def sort_key(text: str) -> str:
    """A text whose bytes compare as a Vietnamese dictionary would: by letters, then by tone, word by word."""
    return " ".join(_word_key(word) for word in nfc(text).lower().split())


def _word_key(word: str) -> str:
    tones = [tone for mark, tone in _TONES.items() if mark in unicodedata.normalize("NFD", word)]
    toneless = "".join(c for c in unicodedata.normalize("NFD", word) if c not in _TONES)
    return "".join(_letter_key(c) for c in nfc(toneless)) + "".join(tones or "0")


def _letter_key(letter: str) -> str:
    # Letters sort after the digits that stand for tones, so that a shorter word comes first.
    place = _ALPHABET.find(letter)
    return letter if place < 0 else chr(ord("A") + place)
