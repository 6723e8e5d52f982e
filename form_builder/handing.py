"""The buttons of a document question: files named in what was posted come and go, nothing typed beside them is lost.

`add-file=scans` only asks for the page again, with the file that whoever answers has put beside the others;
`remove-file=scans:<digest>` takes one out. Keys of fields have no hyphen, so no field is ever called so.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from form_builder.form import Field, Form
from form_builder.posted import Posted

ADD_FILE, REMOVE_FILE = "add-file", "remove-file"
# The name of the file input is that of the question with this behind it.
CHOSEN = "-file"


@dataclass(frozen=True, slots=True)
class Handing:
    """What a page must know to take files, told by whoever keeps them.

    `files` are those that are there, by digest; `unfinished` those that have begun to arrive, by question. `uploads`
    is where further ones are sent ("": nowhere), `limit` the largest size in bytes.
    """

    files: Mapping[str, Any]
    uploads: str
    limit: int
    unfinished: Mapping[str, Sequence[Any]]


def pressed_files(posted: Posted) -> Posted | None:
    """The post after a file was added or taken out by its button; None when no such button was pressed."""
    if posted.first(ADD_FILE):
        return posted
    name, colon, digest = posted.first(REMOVE_FILE).rpartition(":")
    if not colon:
        return None
    return posted.with_({name: [each for each in posted.getlist(name) if each != digest]})


def document_fields(form: Form) -> tuple[Field, ...]:
    """The questions of the form that ask for files."""
    return tuple(field for field in form.every_field() if field.kind == "document")


def named(form: Form, answers: Mapping[str, Any]) -> Iterator[tuple[str, Field, str]]:
    """Place, question and digest of every file that the answers name."""
    yield from _named(form.fields, answers, "")


def _named(
    fields: tuple[Field, ...], answers: Mapping[str, Any], prefix: str
) -> Iterator[tuple[str, Field, str]]:
    for field in fields:
        value, path = answers.get(field.key), f"{prefix}{field.key}"
        if field.kind == "document":
            yield from ((path, field, str(each)) for each in (value if isinstance(value, list) else ()))
        elif isinstance(value, Mapping):
            yield from _named(field.fields, value, f"{path}.")
        elif field.fields and isinstance(value, list):
            for number, row in enumerate(value):
                if isinstance(row, Mapping):
                    yield from _named(field.fields, row, f"{path}.{number}.")
