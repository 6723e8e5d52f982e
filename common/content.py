"""What a file really is, from its bytes alone: PDF, JPEG and PNG are taken, whole ones only."""

from mmap import mmap

import puremagic

HEAD = 4096
PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
EXTENSIONS = {PDF: "pdf", JPEG: "jpg", PNG: "png"}


def kind_of(content: bytes | mmap) -> str | None:
    """The media type; None when it is no kind we take, or its end is missing."""
    for kind, is_whole in ((PDF, _is_whole_pdf), (JPEG, _is_whole_jpeg), (PNG, _is_whole_png)):
        if is_whole(content):
            return kind if _second_opinion(content[:HEAD], kind) else None
    return None


# Scanners and phones append data of their own, so an end mark is looked for in the whole file.
def _is_whole_pdf(content: bytes | mmap) -> bool:
    return content[:5] == b"%PDF-" and content.rfind(b"%%EOF") > 0


def _is_whole_jpeg(content: bytes | mmap) -> bool:
    return content[:3] == b"\xff\xd8\xff" and content.rfind(b"\xff\xd9") > 0


def _is_whole_png(content: bytes | mmap) -> bool:
    return (
        content[:8] == b"\x89PNG\r\n\x1a\n"
        and content[12:16] == b"IHDR"
        and content.rfind(b"IEND\xae\x42\x60\x82") > 0
    )


def _second_opinion(head: bytes, kind: str) -> bool:
    try:
        return any(match.mime_type == kind for match in puremagic.magic_string(head))
    except (puremagic.PureError, ValueError):
        return False
