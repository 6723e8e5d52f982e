"""Tours: the parts of a page shown one after another, to who opens it for the first time or wants it again."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from common.guide.models import SeenTour
from common.text import Text


@dataclass(frozen=True, slots=True)
class Stop:
    """One part of the page: the CSS selector that finds it, its name, and what it is for.

    What is not on the page for this person (a button of another role) is passed over.
    """

    at: str
    title: Text
    text: Text

    def in_(self, language: str) -> dict[str, str]:
        return {"at": self.at, "title": self.title.in_(language), "text": self.text.in_(language)}


@dataclass(frozen=True, slots=True)
class Tour:
    """The stops on one page, named by its endpoint; `key` is what is remembered of who has seen it."""

    key: str
    page: str
    stops: tuple[Stop, ...]


def read_tours(*files: Path) -> Mapping[str, Tour]:
    """The tours of these files, by the endpoint of their page."""
    tables = [table for file in files for table in tomllib.loads(file.read_text(encoding="utf-8"))["tour"]]
    return {tour.page: tour for tour in map(_tour, tables)}


def has_seen(session: Session, account_id: int, tour: Tour) -> bool:
    """Whether the person has seen the tour, or said that there is no need."""
    return session.get(SeenTour, (account_id, tour.key)) is not None


def note_seen(session: Session, account_id: int, key: str, *, at: datetime) -> None:
    """Remembers it; a second time changes nothing."""
    row = {"account_id": account_id, "tour": key, "seen_at": at}
    session.execute(insert(SeenTour).values(row).on_conflict_do_nothing())


def _tour(table: Mapping[str, Any]) -> Tour:
    return Tour(table["key"], table["page"], tuple(_stops(table["stop"])))


def _stops(tables: Iterable[Mapping[str, Any]]) -> Iterable[Stop]:
    for table in tables:
        yield Stop(table["at"], Text.from_json(table["title"]), Text.from_json(table["text"]))
