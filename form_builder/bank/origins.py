"""From which block of the bank a question was put into a form.

    "x-motcua-origin": {"block": "child", "version": 2, "digest": "3f2a9c01b7de", "key": "full_name", "use": 1}

It stands at each question of the block, so it goes where the question goes and leaves with it. `key` is what the
question is called in the block, whatever the form calls it; `use` tells two uses of the same block apart.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from form_builder.form import Field, Form
from form_builder.schema import read_form

Schema = Mapping[str, Any]
ORIGIN = "x-motcua-origin"
_SHAPE = {"block": str, "version": int, "digest": str, "key": str, "use": int}


@dataclass(frozen=True, slots=True)
class Source:
    """One version of one block. `digest` begins that of its content: two agencies may call different blocks
    alike, and a form may go from one to the other."""

    block: str
    version: int
    digest: str


@dataclass(frozen=True, slots=True)
class Use:
    """A block among the questions of one object: the form (`holder` ""), a group, or a row.

    `names` leads from a question's key in the block to its key here, in the order in which they are asked; a
    question that the author took out is not in it. `number` is the `use` of the origins.
    """

    source: Source
    number: int
    holder: str
    names: Mapping[str, str]

    @property
    def paths(self) -> tuple[str, ...]:
        """Where its questions stand in the form."""
        return tuple(f"{self.holder}.{key}" if self.holder else key for key in self.names.values())

    def origin(self, key: str) -> dict[str, Any]:
        """What stands at the question that the block calls `key`."""
        return origin(self.source, key, self.number)


def origin(source: Source, key: str, number: int) -> dict[str, Any]:
    """The keyword's value."""
    said = {"block": source.block, "version": source.version, "digest": source.digest}
    return {**said, "key": key, "use": number}


def source_of(field: Field) -> Source | None:
    """The block the question came from; None: from none, or nobody can read what is written there."""
    said = _said(field)
    return Source(said["block"], said["version"], said["digest"]) if said else None


def uses(schema: Schema) -> tuple[Use, ...]:
    """Every use of a block, in the order of the form. Questions of one use that were moved into another object
    are a use of their own."""
    form = read_form(schema)
    return tuple(use for holder, fields in _holders(form) for use in _among(holder, fields))


def use_at(schema: Schema, path: str) -> Use | None:
    """The use that the question at the path belongs to."""
    return next((use for use in uses(schema) if path in use.paths), None)


def _holders(form: Form) -> Iterator[tuple[str, tuple[Field, ...]]]:
    yield "", form.fields
    yield from ((field.path, field.fields) for field in form.every_field() if field.fields)


def _among(holder: str, fields: tuple[Field, ...]) -> Iterator[Use]:
    names: dict[tuple[Source, int], dict[str, str]] = {}
    for field in fields:
        source, said = source_of(field), _said(field)
        if source and said:
            # Of two questions with the same origin, as after copying text, the first one counts.
            names.setdefault((source, said["use"]), {}).setdefault(said["key"], field.key)
    yield from (Use(source, number, holder, called) for (source, number), called in names.items())


def _said(field: Field) -> Mapping[str, Any] | None:
    said = field.schema.get(ORIGIN)
    if not isinstance(said, Mapping) or set(said) != set(_SHAPE):
        return None
    return said if all(isinstance(said[name], kind) for name, kind in _SHAPE.items()) else None
