"""A drawing on paper: one sheet with its title and what its lanes stand for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from common.problems import Refusal
from common.typesetting.sandbox import typeset_apart
from common.typesetting.typeset import LetterBroken, own_template

Paper = Literal["a4", "a3"]
PAPERS: tuple[str, ...] = get_args(Paper)
# Five times what a drawing of two hundred steps takes.
LONGEST = 5_000_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands around the drawing, in the reader's language. `lanes` are the titles of those that it has."""

    name: str
    state: str
    printed: str
    lanes_title: str
    lanes: Sequence[str]
    language: str


def drawing_sheet(svg: str, paper: str, sheet: Sheet, *, at: datetime) -> bytes | Refusal:
    """The PDF, landscape. The drawing is what a browser made of it: it is set apart, where nothing can be read."""
    if paper not in PAPERS or len(svg) > LONGEST:
        return Refusal("drafts.sheet_too_long", {"most": LONGEST})
    data = {
        "timestamp": int(at.timestamp()),
        "svg": svg,
        "paper": paper,
        "name": sheet.name,
        "state": sheet.state,
        "printed": sheet.printed,
        "lanes_title": sheet.lanes_title,
        "lanes": list(sheet.lanes),
        "language": sheet.language,
    }
    try:
        return typeset_apart(own_template("drawing"), data)
    except LetterBroken as broken:
        return Refusal("drafts.sheet_unreadable", {"why": str(broken)})
