"""Files made by mistake or by malice: refused with a clear sentence, and never in memory as a whole."""

import os
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import IO

import pytest

from common.content import DOCX, PDF, USUAL
from common.files import FileStore, StoredFile
from common.messages import message_of
from common.problems import Problem
from runtime.handed_in import NAMELESS, called
from tests.ops.test_files import PDF as PAPER
from tests.support.words import archive, bomb, lying, packed

MEGABYTE = 1024 * 1024
LIMIT = 20 * MEGABYTE
WORD_TOO = USUAL | {DOCX}


class Endless(BytesIO):
    """So many bytes that begin as a PDF does, made as they are read."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.left, self.given = size, 0

    def read(self, size: int | None = -1) -> bytes:
        piece = min(self.left, size or 0)
        self.left -= piece
        self.given += piece
        return b"%PDF-1.7".ljust(piece) if piece else b""


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files")


@contextmanager
def peak_below(megabytes: float) -> Iterator[None]:
    """What is done in here holds at no moment more than that."""
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < megabytes * MEGABYTE
    finally:
        tracemalloc.stop()


def take(
    store: FileStore, source: bytes | IO[bytes], kinds: frozenset[str] = WORD_TOO
) -> StoredFile | Problem:
    stream = BytesIO(source) if isinstance(source, bytes) else source
    return store.take_upload(stream, limit=LIMIT, where="papers.scan", kinds=kinds)


def test_of_a_file_of_200_megabytes_no_more_is_read_than_shows_that_it_is_too_large(store: FileStore) -> None:
    sent = Endless(200 * MEGABYTE)
    with peak_below(4):
        assert take(store, sent) == Problem("files.too_large", "papers.scan", {"megabytes": 20})
    assert sent.given <= LIMIT + MEGABYTE
    assert list(store.digests()) == []


def test_a_word_document_is_known_by_its_content(store: FileStore) -> None:
    kept = take(store, packed())
    assert isinstance(kept, StoredFile)
    assert kept.kind == DOCX


def test_a_word_document_is_taken_only_where_one_is_asked_for(store: FileStore) -> None:
    refused = take(store, packed(), USUAL)
    assert isinstance(refused, Problem)
    assert message_of(refused, "vi").text == "Tệp này không phải là PDF, JPEG hay PNG còn nguyên vẹn."
    only = take(store, packed(), frozenset({PDF}))
    assert isinstance(only, Problem)
    assert message_of(only, "en").text == "This file is not a whole PDF."


def test_a_document_that_unpacks_to_a_gigabyte_costs_no_memory(store: FileStore) -> None:
    small = bomb(1024)
    assert len(small) < 2 * MEGABYTE
    with peak_below(4):
        assert take(store, small) == Problem("files.unpacks_too_large", "papers.scan")
    assert list(store.digests()) == []


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"MZ\x90\x00" + bytes(500), id="a program called .pdf"),
        pytest.param(lying(packed(**{"word/media.xml": b"x" * 99})), id="an archive that lies about a size"),
        pytest.param(archive({"readme.txt": b"no document"}), id="an archive of something else"),
        pytest.param(packed()[:-30], id="a Word document cut at its end"),
        pytest.param(packed()[:40] + packed()[60:], id="a Word document cut in the middle"),
        pytest.param(b"PK\x03\x04" + os.urandom(3_000), id="the beginning of an archive and noise"),
        pytest.param(PAPER[: len(PAPER) // 2], id="a PDF cut in the middle"),
    ],
)
def test_what_is_no_whole_document_is_refused(store: FileStore, content: bytes) -> None:
    refused = take(store, content)
    assert isinstance(refused, Problem)
    assert refused.code == "files.wrong_kind"


def test_what_was_promised_is_what_must_come(store: FileStore) -> None:
    refused = store.take_upload(BytesIO(PAPER), limit=LIMIT, where="papers.scan", promised="0" * 64)
    assert refused == Problem("files.changed_under_way", "papers.scan")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("giay\x00-khai-sinh.pdf", "giay-khai-sinh.pdf"),
        ("h\u202efdp.exe", "hfdp.exe"),
        ("gia\u0302\u0301y.pdf", "gi\u1ea5y.pdf"),
        ("C:\\Users\\lan\\scan.pdf", "scan.pdf"),
        ("../../etc/passwd", "passwd"),
        ("a\r\nb.pdf", "a b.pdf"),
        ("x" * 10_000 + ".pdf", "x" * 196 + ".pdf"),
        ("a" + "\u0301" * 10_000 + ".pdf", None),
        ("", NAMELESS),
        ("\u202e\x00", NAMELESS),
    ],
)
def test_a_name_is_what_people_can_read(typed: str, kept: str | None) -> None:
    assert len(called(typed)) <= 200
    if kept is not None:
        assert called(typed) == kept
