"""Stored files: named by their content, judged by their content, never lost and never left behind."""

import os
import zlib
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest

from common.files import FileStore, StoredFile
from common.problems import Problem

MEGABYTE = 1024 * 1024
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00" + b"\x00" * 64 + b"\xff\xd9"


def chunk(name: bytes, data: bytes) -> bytes:
    body = name + data
    return len(data).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")


PNG = (
    b"\x89PNG\r\n\x1a\n"
    + chunk(b"IHDR", b"\0\0\0\1\0\0\0\1\x08\0\0\0\0")
    + chunk(b"IDAT", zlib.compress(b"\0\0"))
    + chunk(b"IEND", b"")
)


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files")


def take(store: FileStore, content: bytes, limit: int = MEGABYTE) -> StoredFile | Problem:
    return store.take_upload(BytesIO(content), limit=limit, where="documents.scan")


@pytest.mark.parametrize(
    ("content", "kind"), [(PDF, "application/pdf"), (JPEG, "image/jpeg"), (PNG, "image/png")]
)
def test_a_document_is_kept_under_its_digest(store: FileStore, content: bytes, kind: str) -> None:
    digest = sha256(content).hexdigest()
    assert take(store, content) == StoredFile(digest, len(content), kind)
    with store.open(digest) as kept:
        assert kept.read() == content


def test_the_same_document_twice_is_one_file(store: FileStore) -> None:
    assert take(store, PDF) == take(store, PDF)
    assert len(list(store.digests())) == 1


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"<script>alert(1)</script>", id="a page"),
        pytest.param(b"MZ\x90\x00" + b"\0" * 100, id="a program"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + b"not really", id="a false picture"),
        pytest.param(PNG[:-12], id="a picture cut off"),
        pytest.param(PDF[:-7], id="a document cut off"),
        pytest.param(b"<html>" + PDF, id="a page before a document"),
    ],
)
def test_only_whole_documents_and_pictures_are_taken(store: FileStore, content: bytes) -> None:
    kinds = {"kinds": "PDF, JPEG hay PNG", "kinds_en": "PDF, JPEG or PNG"}
    assert take(store, content) == Problem("files.wrong_kind", "documents.scan", kinds)
    assert list(store.digests()) == []


def test_an_empty_file_is_refused(store: FileStore) -> None:
    assert take(store, b"") == Problem("files.empty", "documents.scan")


def test_the_largest_size_is_taken_and_one_byte_more_is_not(store: FileStore) -> None:
    largest = PDF[:-6] + b" " * (MEGABYTE - len(PDF)) + PDF[-6:]
    assert isinstance(take(store, largest), StoredFile)
    assert take(store, largest + b" ") == Problem("files.too_large", "documents.scan", {"megabytes": 1})


def test_nothing_is_left_of_a_refused_upload(store: FileStore) -> None:
    take(store, b"no document")
    assert [path.name for path in store.folder.rglob("*")] == ["incoming"]


def test_a_made_up_digest_reaches_no_other_file(store: FileStore) -> None:
    with pytest.raises(ValueError, match="hexadecimal"):
        store.open("../../secrets/secret_key")


def aged(store: FileStore, digest: str, age: timedelta, at: datetime) -> None:
    then = (at - age).timestamp()
    os.utime(store.path(digest), (then, then))


def test_only_old_files_are_removed_and_sending_again_makes_them_young(store: FileStore) -> None:
    now = datetime.now(UTC)
    digest = store.keep(b"a letter", "application/pdf").digest
    aged(store, digest, timedelta(days=2), now)
    store.keep(b"a letter", "application/pdf")
    assert not store.remove_if_older(digest, now - timedelta(days=1))
    aged(store, digest, timedelta(days=2), now)
    assert store.remove_if_older(digest, now - timedelta(days=1))
    assert list(store.digests()) == []
