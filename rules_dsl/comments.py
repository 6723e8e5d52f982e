"""Gives each comment to the line or rule it stands with, so that formatting keeps it."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rules_dsl.nodes import (
    NO_COMMENTS,
    AmountRule,
    Assign,
    Brackets,
    Choice,
    Comments,
    Grades,
    Interpolation,
    Node,
    Parameter,
    Place,
    RuleFile,
    Table,
    Term,
)

LINES = {
    AmountRule: "clauses",
    Term: "clauses",
    Choice: "options",
    Assign: "assignees",
    Parameter: "values",
    Table: "rows",
    Interpolation: "points",
}


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment without its `#`. `beside`: something stands before it on its line."""

    text: str
    place: Place
    beside: bool


def with_comments(rules: RuleFile, comments: Sequence[Comment], language_line: int) -> RuleFile:
    """The file with its comments: one alone on its line goes to what follows, else to what it is beside."""
    opening = tuple(c.text for c in comments if c.place.line <= language_line)
    later = [c for c in comments if c.place.line > language_line]
    owners = list(_owners(rules))
    given: dict[int, Comments] = {}
    closing: list[str] = []
    for comment in later:
        _give(comment, owners, given, closing)
    if not given:
        return replace(rules, opening=opening, closing=tuple(closing))
    return replace(
        rules,
        rules=tuple(_told(rule, given) for rule in rules.rules),
        opening=opening,
        closing=tuple(closing),
    )


def _owners(rules: RuleFile) -> Iterator[Node]:
    for rule in rules.rules:
        yield rule
        for line in getattr(rule, LINES.get(type(rule), ""), ()):
            yield line
            if isinstance(line, Brackets | Grades):
                yield from line.rows


def _give(comment: Comment, owners: list[Node], given: dict[int, Comments], closing: list[str]) -> None:
    follows = bisect_left(owners, _key(comment.place), key=lambda node: _key(node.place))
    if comment.beside and follows:
        owner = owners[follows - 1]
        known = given.get(id(owner), NO_COMMENTS)
        given[id(owner)] = _also(known, comment) if known.beside else Comments(known.before, comment.text)
    elif follows < len(owners):
        owner = owners[follows]
        given[id(owner)] = _also(given.get(id(owner), NO_COMMENTS), comment)
    else:
        closing.append(comment.text)


def _also(known: Comments, comment: Comment) -> Comments:
    return Comments((*known.before, comment.text), known.beside)


def _key(place: Place) -> tuple[int, int]:
    return place.line, place.column


def _told(node: Any, given: dict[int, Comments]) -> Any:
    changes: dict[str, Any] = {}
    if id(node) in given:
        changes["comments"] = given[id(node)]
    attribute = "rows" if isinstance(node, Brackets | Grades) else LINES.get(type(node))
    if attribute:
        changes[attribute] = tuple(_told(line, given) for line in getattr(node, attribute))
    return replace(node, **changes) if changes else node
