"""Word documents for tests: a right one, one that unpacks to gigabytes, and what is none."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

TYPES, BODY = "[Content_Types].xml", "word/document.xml"
MEGABYTE = 1024 * 1024


def packed(**parts: bytes) -> bytes:
    """An archive with the two parts of every Word document, and further ones."""
    return archive({TYPES: b"<Types/>", BODY: b"<document>Xin ch\xc3\xa0o</document>", **parts})


def archive(parts: dict[str, bytes]) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return made.getvalue()


def bomb(megabytes: int) -> bytes:
    """A document of a few kilobytes a hundred megabytes, none of which was ever in memory at once."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as file:
        file.writestr(TYPES, b"<Types/>")
        with file.open(BODY, "w", force_zip64=True) as body:
            for _ in range(megabytes):
                body.write(bytes(MEGABYTE))
    return made.getvalue()


def lying(honest: bytes) -> bytes:
    """The same archive whose list says that its body is one byte long."""
    place = honest.rfind(b"PK\x01\x02", 0, honest.rfind(BODY.encode()))
    return honest[: place + 24] + (1).to_bytes(4, "little") + honest[place + 28 :]
