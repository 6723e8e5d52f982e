"""Documents: files that are handed in with the form, named in the answer by the digest of their content."""

import re
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from common.content import DOCX, JPEG, PDF, PNG
from form_builder.form import Field
from form_builder.kinds.kind import Kind, Typed

FORMAT = "file-digest"
DIGEST = re.compile(r"[0-9a-f]{64}")
# What an author may ask for, by the word that stands in the form.
TAKEN: Mapping[str, frozenset[str]] = {
    "pdf": frozenset({PDF}),
    "picture": frozenset({JPEG, PNG}),
    "word": frozenset({DOCX}),
}
USUAL = ("pdf", "picture")
MEGABYTE = 1024 * 1024


def read_documents(_: Field, typed: Typed) -> list[str] | None:
    """The digests, each once, in the order in which the files were handed in."""
    return list(dict.fromkeys(each for each in typed if DIGEST.fullmatch(each))) or None


def documents_typed(_: Field, value: Any) -> Typed:
    return tuple(str(each) for each in value) if isinstance(value, list | tuple) else ()


def documents_told(_: Field, value: Any, language: str) -> str:
    """How many: what they are called is known where the files are."""
    count = len(value) if isinstance(value, list | tuple) else 0
    return f"{count} {'file' if count == 1 else 'files'}" if language == "en" else f"{count} tệp"


def asked_kinds(field: Field) -> tuple[str, ...]:
    """The kinds of file asked for, by their words; PDF and pictures where the form names none."""
    said = field.schema.get("x-motcua-files", ())
    known = tuple(each for each in said if each in TAKEN) if isinstance(said, list | tuple) else ()
    return known or USUAL


def media_types(field: Field) -> frozenset[str]:
    """What is taken, as media types."""
    return frozenset().union(*(TAKEN[each] for each in asked_kinds(field)))


def largest(field: Field, limit: int) -> int:
    """The largest size in bytes: what the form says, but never more than the house takes (`limit`)."""
    said = field.schema.get("x-motcua-megabytes")
    return min(int(said) * MEGABYTE, limit) if isinstance(said, int) and said > 0 else limit


def component_of(field: Field) -> str:
    """The rule of the component that the files count for, "" when they count for none."""
    return str(field.schema.get("x-motcua-component", ""))


def sample_digests(field: Field) -> tuple[str, ...]:
    """Digests of no file, as many as the question asks for at least."""
    count = max(1, int(field.schema.get("minItems", 1)))
    return tuple(sha256(f"sample {number}".encode()).hexdigest() for number in range(count))


DOCUMENT = Kind(
    "document",
    {"type": "array", "items": {"type": "string", "format": FORMAT}, "uniqueItems": True},
    "documents",
    read_documents,
    documents_typed,
    documents_told,
    missing="form.no_file",
)
