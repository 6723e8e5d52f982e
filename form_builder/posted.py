"""What a browser posted: name of the input → texts, as a WTForms form reads it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any


class Posted(dict[str, list[str]]):
    """A dictionary of lists with the one more method that WTForms asks for."""

    @classmethod
    def of(cls, source: Any) -> "Posted":
        """From Flask's `request.form`, or from a plain mapping of texts or lists of texts."""
        if isinstance(source, Posted):
            return source
        pairs: Iterable[tuple[str, Any]] = source.lists() if hasattr(source, "lists") else source.items()
        return cls({name: [texts] if isinstance(texts, str) else list(texts) for name, texts in pairs})

    def getlist(self, name: str) -> list[str]:
        """All texts posted under a name, none when there are none."""
        return self.get(name, [])

    def first(self, name: str) -> str:
        """The first text posted under a name, "" when there is none."""
        return next(iter(self.getlist(name)), "")

    def with_(self, more: Mapping[str, Sequence[str]]) -> "Posted":
        """A copy with these texts in place."""
        return Posted({**self, **{name: list(texts) for name, texts in more.items()}})
