"""What a file really is, from its bytes alone: PDF, JPEG, PNG and Word documents are known, whole ones only."""

from mmap import mmap

import puremagic

from common.packed import is_whole_word

HEAD = 4096
PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXTENSIONS = {PDF: "pdf", JPEG: "jpg", PNG: "png", DOCX: "docx"}
NAMES = {PDF: "PDF", JPEG: "JPEG", PNG: "PNG", DOCX: "Word (.docx)"}
# What is taken where nobody says otherwise: what every office can open and nobody can change unseen.
USUAL = frozenset({PDF, JPEG, PNG})


def kind_of(content: bytes | mmap) -> str | None:
    """The media type; None when it is no kind we take, or its end is missing."""
    for kind, is_whole in ((PDF, _is_whole_pdf), (JPEG, _is_whole_jpeg), (PNG, _is_whole_png)):
        if is_whole(content):
            return kind if _second_opinion(content[:HEAD], kind) else None
    return DOCX if is_whole_word(content) else None


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
