"""Which section of the guide belongs to a page of the program, in each language."""

from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase

from common.guide.documents import Document, Section

# The guides in the order in which they are offered: by language, from who comes most often to who comes least.
GUIDES = {
    "vi": ("guide/vi/cong-dan", "guide/vi/can-bo", "guide/vi/quan-tri", "guide/vi/van-hanh"),
    "en": ("guide/en/citizen", "guide/en/official", "guide/en/administrator", "guide/en/operator"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """A section of a guide."""

    document: Document
    section: Section


def place_of(endpoint: str, guides: Iterable[Document]) -> Place | None:
    """The section about the page; where several patterns fit, the one with most letters. None: no section says so."""
    fitting = [
        (len(pattern.rstrip("*")), Place(guide, section))
        for guide in guides
        for section in guide.sections
        for pattern in section.pages
        if fnmatchcase(endpoint, pattern)
    ]
    return max(fitting, key=lambda each: each[0])[1] if fitting else None
