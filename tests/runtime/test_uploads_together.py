"""Two devices send the same file at once: the document is right all the same."""

import threading
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from typing import Any

from sqlalchemy import select

from common.db import Database
from common.problems import Refusal
from runtime import uploading
from runtime.models.papers import Document
from runtime.models.uploads import Upload
from runtime.office import Office
from runtime.taking import Terms
from tests.runtime.small import MONDAY
from tests.runtime.town import Town, town_in

FILE = b"%PDF-1.4\n" + bytes(range(256)) * 40 + b"\n%%EOF\n"
HALF = len(FILE) // 2
TERMS = Terms("", 10**6)
PATIENCE_SECONDS = 60


class Slow(BytesIO):
    """A line on which nothing comes until the other device has tried."""

    def __init__(self, content: bytes, reading: threading.Event, tried: threading.Event) -> None:
        super().__init__(content)
        self.reading, self.tried = reading, tried

    def read(self, size: int | None = -1) -> bytes:
        self.reading.set()
        assert self.tried.wait(PATIENCE_SECONDS)
        return super().read(size)


def add(database: Database, source: Any, offset: int) -> Any:
    with database.transaction() as session:
        here = session.scalars(select(Upload)).one()
        by = town_in(session).citizen()
        return uploading.append(session, here, source, offset=offset, terms=TERMS, by=by, at=MONDAY)


def made(database: Database, make: Callable[[Town], Any]) -> Any:
    with database.transaction() as session:
        return make(town_in(session))


def begin(town: Town) -> Upload:
    file = uploading.Announced("giấy.pdf", len(FILE), sha256(FILE).hexdigest())
    begun = uploading.begin(town.session, town.begun(), file, terms=TERMS, by=town.citizen(), at=MONDAY)
    assert isinstance(begun, Upload)
    return begun


def test_who_comes_second_waits_for_nobody_and_changes_nothing(database: Database) -> None:
    made(database, begin)
    reading, tried = threading.Event(), threading.Event()
    answers: list[Any] = []
    first = threading.Thread(
        target=lambda: answers.append(add(database, Slow(FILE[:HALF], reading, tried), 0))
    )
    first.start()
    assert reading.wait(PATIENCE_SECONDS)
    second = add(database, BytesIO(b"other bytes"), 0)
    tried.set()
    first.join(PATIENCE_SECONDS)
    assert isinstance(second, Refusal)
    assert (second.code, answers[0].arrived) == ("uploads.busy", HALF)
    assert isinstance(add(database, BytesIO(FILE[HALF:]), HALF), Document)
    digests = made(database, lambda town: [each.digest for each in town.all(Document)])
    assert digests == [sha256(FILE).hexdigest()]


def test_a_request_that_breaks_off_leaves_the_file_as_it_was_noted(
    database: Database, office: Office
) -> None:
    """The process ended after the bytes were on the disk, before the row told of them."""
    key = made(database, begin).key
    partial = office.files.partial
    partial.append(key, BytesIO(b"lost"), offset=0, most=4)
    assert (
        made(database, lambda town: uploading.arrived(town.session, town.session.get_one(Upload, key))) == 0
    )
    assert isinstance(add(database, BytesIO(FILE), 0), Document)
    assert partial.size(key) == 0
