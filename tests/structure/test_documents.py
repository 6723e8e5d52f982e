"""Every link in our documents leads to a file that is there, and to a heading that is in it."""

import re
from collections.abc import Iterator
from pathlib import Path

from common.guide.documents import anchor_of
from tests.structure.sources import ROOT, told

LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def test_every_link_of_a_document_leads_somewhere() -> None:
    assert [
        f"{told(page)}: {link}" for page in _documents() for link in _links(page) if _lost(page, link)
    ] == []


def test_every_picture_is_there_for_a_desk_and_for_a_telephone() -> None:
    pictures = {path.stem for path in (ROOT / "docs/screenshots").glob("*.png")}
    names = {name.rpartition("-")[0] for name in pictures}
    assert pictures == {f"{name}-{width}" for name in names for width in (1280, 390)}


def _documents() -> Iterator[Path]:
    yield from sorted(ROOT.glob("*.md"))
    yield from sorted((ROOT / "docs").rglob("*.md"))


def _links(page: Path) -> list[str]:
    found = LINK.findall(CODE.sub("", page.read_text(encoding="utf-8")))
    return [link for link in found if "://" not in link and not link.startswith("mailto:")]


def _lost(page: Path, link: str) -> bool:
    name, _, anchor = link.partition("#")
    target = page.parent / name if name else page
    if not target.exists():
        return True
    return bool(anchor) and target.suffix == ".md" and anchor not in _anchors(target)


def _anchors(page: Path) -> set[str]:
    return {anchor_of(heading) for heading in HEADING.findall(page.read_text(encoding="utf-8"))}
