"""A letter as PDF from its data. The data's shape is the one of `runtime.letters.data`."""

from collections.abc import Mapping
from typing import Any

from common.typesetting.typeset import own_template, typeset
from runtime.engine.effects import LetterKind
from runtime.letters.phrases import words


def render(kind: LetterKind, data: Mapping[str, Any], language: str, qr: str | None = None) -> bytes:
    """PDF/A of one of our own forms; `qr` is the text of its QR code."""
    body = {**data, "words": words(kind, language), "language": language}
    return typeset(own_template(kind), body, qr)
