"""A question whose answer is files, bound to what was posted or saved."""

from typing import Any

from form_builder.form import Field
from form_builder.inputs import Question
from form_builder.kinds.documents import asked_kinds, largest, media_types, sample_digests
from form_builder.kinds.kind import Typed
from form_builder.posted import Posted

# Where a form names no most number of files.
MOST_FILES = 20


def most_files(field: Field) -> int:
    """How many files there may be."""
    return min(int(field.schema.get("maxItems", MOST_FILES)), MOST_FILES)


class Files(Question):
    """A field whose answer names files: `typed` are the digests that the page knows."""

    def __init__(self, field: Field, language: str, **bound: Any) -> None:
        super().__init__(field, language, **bound)
        self.typed: Typed = ()

    def process(self, formdata: Posted | None, data: Any = None, extra_filters: Any = None) -> None:
        """Reads which files were posted with the page; without a post, shows those of the answer in `data`."""
        self.object_data = data
        posted = tuple(formdata.getlist(self.name)) if formdata is not None else ()
        read = self.kind.read(
            self.field, posted if formdata is not None else self.kind.typed(self.field, data)
        )
        self.data, self.typed = read, tuple(read) if isinstance(read, list) else ()

    @property
    def most(self) -> int:
        """How many files there may be."""
        return most_files(self.field)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of file that are taken, by their words."""
        return asked_kinds(self.field)

    @property
    def accepts(self) -> str:
        """The media types, as a browser offers them."""
        return ",".join(sorted(media_types(self.field)))

    @property
    def samples(self) -> tuple[str, ...]:
        """Where files can only be supposed: those of the answer, or digests of no file where it names none."""
        samples = sample_digests(self.field)
        given = tuple(digest for digest in self.typed if digest not in samples)
        return (*given, *(digest for digest in samples if digest in self.typed)) if given else samples

    def largest(self, limit: int) -> int:
        """The largest size in bytes, where the house takes so much."""
        return largest(self.field, limit)
