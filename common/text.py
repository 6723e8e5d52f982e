"""Text as people type it and as the machine compares it."""

import unicodedata
from dataclasses import dataclass
from typing import Any

LANGUAGES = ("vi", "en")


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


def nfc(text: str) -> str:
    """Composed letters: some keyboards type ế as three characters, and some printers then break it."""
    return unicodedata.normalize("NFC", text)


def folded(text: str) -> str:
    """Lower case without accents (đ → d), for search: "ho tich" finds "Hộ tịch"."""
    decomposed = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))
