"""The documents in `docs/`, read as pages: headings that can be led to, links among themselves, sections alone.

A section may say which pages of the program it is about, in a comment below its heading that readers do not see:
`<!-- pages: designer.draft_steps designer.case_* -->`, names of endpoints with `*` for any ending.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath

from markdown_it import MarkdownIt
from markdown_it.token import Token

FOLDER = Path(__file__).parents[2] / "docs"
PAGES = re.compile(r"<!--\s*pages:\s*(.*?)\s*-->", re.DOTALL)
# Where a document and a picture are found on the web; the endpoints of `common.guide.views`.
Address = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands below it up to the next heading of its level, as HTML.

    `pages` are the patterns of the endpoints it is about. `words` is its text without marks, for search.
    """

    anchor: str
    title: str
    level: int
    html: str
    words: str
    pages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """`name` is the path below `docs/` without its ending ("guide/vi/quan-tri"); `html` is the whole."""

    name: str
    title: str
    html: str
    sections: tuple[Section, ...]


def names(folder: Path = FOLDER) -> frozenset[str]:
    """The documents there are."""
    return frozenset(path.relative_to(folder).with_suffix("").as_posix() for path in folder.rglob("*.md"))


@lru_cache(maxsize=256)
def document(name: str, to_document: Address, to_picture: Address, folder: Path = FOLDER) -> Document:
    """The document of that name, which must be one of `names()`; links and pictures lead where the addresses say."""
    text = (folder / f"{name}.md").read_text(encoding="utf-8")
    tokens = _parser().parse(text)
    pages = dict(_pages(tokens))
    tokens = [token for token in tokens if token.type != "html_block"]
    _lead_on(tokens, _Links(name, names(folder), to_document, to_picture))
    sections = tuple(_sections(tokens, pages))
    title = sections[0].title if sections else name
    return Document(name, title, _html(tokens), sections)


def anchor_of(heading: str) -> str:
    """As code hosts make it of a heading: small letters, hyphens for spaces, no punctuation."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": True}).enable("table")


def _html(tokens: Sequence[Token]) -> str:
    parser = _parser()
    html = str(parser.renderer.render(tokens, parser.options, {}))
    # What may be wider than the page scrolls by itself, with the keyboard too.
    return html.replace("<pre>", '<pre tabindex="0">').replace("<table>", '<table tabindex="0">')


def _words(token: Token) -> str:
    """What a reader sees of an inline token."""
    return "".join(child.content for child in token.children or () if child.type in ("text", "code_inline"))


def _headings(tokens: Sequence[Token]) -> Iterator[tuple[int, int, str]]:
    """The place of each heading among the tokens, its level and its words."""
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            yield place, int(token.tag[1:]), _words(tokens[place + 1])


def _pages(tokens: Sequence[Token]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """By the words of the heading above it, what each comment says."""
    heading = ""
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            heading = _words(tokens[place + 1])
        elif token.type == "html_block" and (said := PAGES.search(token.content)):
            yield heading, tuple(said[1].split())


def _sections(tokens: Sequence[Token], pages: Mapping[str, tuple[str, ...]]) -> Iterator[Section]:
    found = list(_headings(tokens))
    for number, (place, level, title) in enumerate(found):
        end = next((after for after, deep, _title in found[number + 1 :] if deep <= level), len(tokens))
        tokens[place].attrSet("id", anchor_of(title))
        inside = tokens[place:end]
        words = " ".join(_words(token) for token in inside if token.type == "inline")
        yield Section(anchor_of(title), title, level, _html(inside), words, pages.get(title, ()))


@dataclass(frozen=True, slots=True)
class _Links:
    """Where the links of one document lead on the web."""

    name: str
    known: frozenset[str]
    to_document: Address
    to_picture: Address

    def of(self, link: str) -> str | None:
        """The address; None: what it names is no part of the guide."""
        path, hash_sign, anchor = link.partition("#")
        if "://" in path or not path:
            return link
        target = _resolved(PurePosixPath(self.name).parent / path)
        if target.endswith(".png"):
            return self.to_picture(target)
        name = target.removesuffix(".md")
        return self.to_document(name) + hash_sign + anchor if name in self.known else None


def _resolved(path: PurePosixPath) -> str:
    parts: list[str] = []
    for part in path.parts:
        if part == "..":
            parts = parts[:-1] if parts else [".."]
        else:
            parts.append(part)
    return "/".join(parts)


def _lead_on(tokens: Sequence[Token], links: _Links) -> None:
    """Rewrites what the links and pictures name; a link out of the guide keeps its words alone."""
    for token in tokens:
        lost = 0
        for child in token.children or ():
            if child.type == "image":
                child.attrSet("src", links.of(str(child.attrs["src"])) or "")
                child.attrSet("loading", "lazy")
            elif child.type == "link_open":
                address = links.of(str(child.attrs["href"]))
                lost += address is None
                child.attrs = {"href": address} if address else {}
                child.tag = "a" if address else "span"
            elif child.type == "link_close" and lost:
                child.tag, lost = "span", lost - 1
            elif child.type == "html_inline":
                child.content = ""
