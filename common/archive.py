"""A backup's file: a compressed tar whose last member lists the others with their digests.

tables/NAME.copy    the rows of a table
files/DIGEST        a stored file
secrets/identity_key  the key of the hashes of identity numbers, when the installation made it itself
manifest.json       format, revision, columns, counters, and the SHA-256 of every member above
"""

import json
import os
import re
import tarfile
from collections.abc import Mapping
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from common.problems import MotcuaError

FORMAT = 1
MANIFEST = "manifest.json"
MEMBER = re.compile(r"tables/[a-z0-9_]+\.copy|files/[0-9a-f]{64}|secrets/identity_key|manifest\.json")


class BadBackup(MotcuaError):
    """The file is no backup of ours, is cut off, or was changed; the message says which."""


class ArchiveWriter:
    """Writes FILE whole or not at all: it gets its name only when everything is on the disk."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.part = file.with_name(f"{file.name}.part")
        self.digests: dict[str, str] = {}

    def __enter__(self) -> "ArchiveWriter":
        self.raw = os.fdopen(os.open(self.part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")
        self.tar = tarfile.open(fileobj=self.raw, mode="w:gz", compresslevel=4)
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self.tar.close()
        self.raw.flush()
        os.fsync(self.raw.fileno())
        self.raw.close()
        if kind is None:
            self.part.replace(self.file)
        else:
            self.part.unlink(missing_ok=True)

    def add(self, name: str, source: IO[bytes]) -> None:
        """Adds a member from where `source` begins."""
        source.seek(0)
        digest = sha256()
        while chunk := source.read(1024 * 1024):
            digest.update(chunk)
        self.digests[name] = digest.hexdigest()
        member = tarfile.TarInfo(name)
        member.size, member.mode = source.tell(), 0o600
        source.seek(0)
        self.tar.addfile(member, source)

    def finish(self, manifest: Mapping[str, Any]) -> None:
        """Adds the list of everything; the archive is complete only with it."""
        body = json.dumps({"format": FORMAT, **manifest, "members": self.digests}, indent=1).encode()
        member = tarfile.TarInfo(MANIFEST)
        member.size, member.mode = len(body), 0o600
        self.tar.addfile(member, BytesIO(body))


def unpack(file: Path, folder: Path) -> dict[str, Any]:
    """Unpacks into the folder and answers the manifest; raises BadBackup unless every byte is as written."""
    digests: dict[str, str] = {}
    try:
        with tarfile.open(file, "r:gz") as tar:
            for member in tar:
                if not member.isfile() or not MEMBER.fullmatch(member.name):
                    raise BadBackup(f"{file}: holds {member.name!r}, which no backup of Motcua does")
                digests[member.name] = _write(tar, member, folder)
    except FileNotFoundError:
        raise BadBackup(f"{file}: there is no such file") from None
    except (tarfile.TarError, OSError, EOFError) as wrong:
        raise BadBackup(f"{file}: cannot be read as a backup ({wrong})") from None
    if digests.pop(MANIFEST, None) is None:
        raise BadBackup(f"{file}: is cut off, or is no backup of Motcua")
    manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text())
    if manifest["format"] != FORMAT:
        raise BadBackup(f"{file}: has format {manifest['format']}, this version reads {FORMAT}")
    if manifest["members"] != digests:
        raise BadBackup(f"{file}: was changed or damaged after it was made")
    return manifest


def _write(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> str:
    target = folder / member.name
    target.parent.mkdir(mode=0o700, exist_ok=True)
    source = tar.extractfile(member)
    assert source is not None  # It is a file: asked above.
    digest = sha256()
    with target.open("wb") as output:
        while chunk := source.read(1024 * 1024):
            digest.update(chunk)
            output.write(chunk)
    return digest.hexdigest()
