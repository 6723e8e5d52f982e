"""The parts of a draft as its writers speak of them: several files may be one part."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from designer.drafts import Saved
from procedure_library.package import FORM, HEAD, RULES, STEPS

# In the order in which a procedure is written.
SINGLE = {HEAD: "head", STEPS: "steps", FORM: "form", RULES: "rules"}
FOLDERS = ("letters", "examples")


@dataclass(frozen=True, slots=True)
class Part:
    """One part with its files as last saved, the newest first."""

    key: str
    files: tuple[Saved, ...]

    @property
    def newest(self) -> Saved:
        return self.files[0]


def part_of(path: str) -> str:
    """The part that a file belongs to: head, steps, form, rules, letters or examples."""
    return SINGLE.get(path) or path.partition("/")[0]


def counted(paths: Iterable[str]) -> Mapping[str, int]:
    """How many of the files belong to each part, in the order in which parts are written."""
    counts = Counter(part_of(path) for path in paths)
    return {key: counts[key] for key in (*SINGLE.values(), *FOLDERS) if key in counts}


def parts_of(saves: Iterable[Saved]) -> tuple[Part, ...]:
    """The parts that there are, in the order in which they are written."""
    files: dict[str, list[Saved]] = {key: [] for key in (*SINGLE.values(), *FOLDERS)}
    for saved in saves:
        files[part_of(saved.path)].append(saved)
    return tuple(
        Part(key, tuple(sorted(kept, key=lambda saved: saved.at, reverse=True)))
        for key, kept in files.items()
        if kept
    )
