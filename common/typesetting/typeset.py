"""Typst in, PDF/A out. Data is JSON, never markup; nothing outside the given sources can be read.

The font is the one inside the Typst package, checked for every Vietnamese letter before the first use:
another version of it must not print boxes on an official form.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Any, Literal

import segno
import typst

from common import exact_json
from common.problems import MotcuaError

FOLDER = Path(__file__).resolve().parents[2] / "templates" / "letters"
FONT = "Libertinus Serif"
STANDARD = "a-2a"
UNPRINTABLE = re.compile(r'the text `"(.+?)"` could not be displayed')
LINE = re.compile(r"main\.typ:(\d+):")
REPLACEMENT = "?"
# Each round takes out what one error names; a text needs few.
ROUNDS = 20
VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
Form = Literal["pdf", "svg"]
_one_at_a_time = Lock()


class LetterBroken(MotcuaError):
    """A template cannot be typeset: our bug, or a letter of a definition that was never tried.

    The message is in Typst's words, or the code of ours ("@typesetting.too_slow"). `line` is the one of the
    source where it is wrong, None when that cannot be told.
    """

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line


def typeset(source: str, data: Mapping[str, Any], qr: str | None = None) -> bytes:
    """The PDF/A-2a of the template: the same bytes for the same data.

    `data["timestamp"]` is the instant of the document in seconds; `qr` what the QR code says, None: no code.
    """
    inputs = {"data": exact_json.write(data)}
    if qr is not None:
        inputs["qr"] = qr_svg(qr)
    made = _rounds(source, inputs, data["timestamp"], "pdf")
    assert isinstance(made, bytes)
    return made


def drawn(source: str, data: Mapping[str, Any]) -> tuple[bytes, ...]:
    """The pages of the template as pictures (SVG), letters drawn as outlines: to be looked at, not to be kept."""
    made = _rounds(source, {"data": exact_json.write(data)}, data["timestamp"], "svg")
    return tuple(made) if isinstance(made, list) else (made,)


def own_template(kind: str) -> str:
    """The source of one of our own forms."""
    return _source(f"{kind}.typ")


def qr_svg(text: str) -> str:
    """The QR code, medium error correction: a folded slip still reads."""
    # Any mask is valid; trying all eight for the prettiest would take longer than setting the whole page.
    made: str = segno.make(text, error="m", micro=False, mask=0).svg_inline(border=1)
    return made.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)


def vietnamese_letters() -> str:
    """All 12 vowels with 6 tones, đ, and both cases."""
    lower = "".join(unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES) + "đ"
    return lower + lower.upper()


def warm_up() -> None:
    """Opens what typesetting needs, so that it can then be done without opening anything."""
    _fonts(), _source("lib.typ"), _root()


@cache
def check_font() -> None:
    """Raises LetterBroken when the font is missing or lacks a Vietnamese letter; called at start."""
    if FONT not in _fonts().families():
        raise LetterBroken(f"the font {FONT} is not in this Typst")
    source = f'#set document(title: "x")\n#set text(font: "{FONT}", fallback: false, lang: "vi")\n= '
    try:
        _compiled(source + vietnamese_letters(), {}, 0, "pdf")
    except typst.TypstError as error:
        raise LetterBroken(f"the font {FONT} lacks a letter: {error.message}") from error


def _rounds(source: str, inputs: dict[str, str], timestamp: int, form: Form) -> bytes | list[bytes]:
    """Typeset again and again, each time without what the font lacks."""
    for _ in range(ROUNDS):
        try:
            return _compiled(source, inputs, timestamp, form)
        except typst.TypstError as error:
            inputs = {**inputs, "data": _without_unprintable(inputs["data"], error)}
    raise LetterBroken("@typesetting.font_lacks")


def _compiled(source: str, inputs: dict[str, str], timestamp: int, form: Form) -> bytes | list[bytes]:
    files = {"main.typ": source.encode(), "lib.typ": _source("lib.typ").encode()}
    # The package's stubs do not know that several sources may be given by name.
    made: bytes | list[bytes] = typst.compile(  # type: ignore[call-overload]
        files,
        root=_root(),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs=inputs,
        timestamp=timestamp,
        format=form,
        **({"pdf_standards": [STANDARD]} if form == "pdf" else {}),
    )
    return made


def _line_of(error: typst.TypstError) -> int | None:
    found = LINE.search(error.diagnostic)
    return int(found[1]) if found else None


def _without_unprintable(data: str, error: typst.TypstError) -> str:
    """A name in a script that the font does not have must not keep the paper from being printed."""
    found = UNPRINTABLE.search(error.message)
    if found is None or found[1] not in data:
        hints = f" ({'; '.join(error.hints)})" if error.hints else ""
        raise LetterBroken(f"{error.message}{hints}", _line_of(error)) from error
    return data.replace(found[1], REPLACEMENT)


@cache
def _fonts() -> typst.Fonts:
    # Read once: looking for fonts takes as long as setting the page.
    return typst.Fonts(include_system_fonts=False)


@cache
def _source(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def _root() -> str:
    # Of two threads at their first letter each would make one, and the one that is not kept goes at once.
    with _one_at_a_time:
        return _empty_root().name


@cache
def _empty_root() -> "TemporaryDirectory[str]":
    # Without a root Typst would read the current folder. The object removes its folder when the process ends.
    return TemporaryDirectory(prefix="motcua-letters-")
