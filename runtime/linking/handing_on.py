"""Answers and papers that go from one dossier to another, as the call says. Nothing else of either is handed on."""

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from form_builder.form import Form
from form_builder.likeness import taken
from procedure_library.linking import Passing
from runtime.engine.event import Paper

Answers = Mapping[str, Any]


def handed_on(answers: Answers, passings: tuple[Passing, ...], form: Form) -> dict[str, Any]:
    """Answers to the questions of `form`; what was not answered is left out."""
    said: dict[str, Any] = {}
    for passing in passings:
        answer, target = _at(answers, passing.source.split(".")), form.field_at(passing.target)
        if answer is not None and target is not None:
            _put(said, passing.target.split("."), taken(target, answer))
    return said


def papers_handed_on(papers: tuple[Paper, ...], passings: tuple[Passing, ...]) -> tuple[Paper, ...]:
    """The components handed in, by the names of the other procedure; files are counted where they are copied."""
    known = {paper.component: paper for paper in papers}
    there = (each for each in passings if each.source in known)
    return tuple(replace(known[each.source], component=each.target, files=0) for each in there)


def merged(answers: Answers, more: Answers) -> dict[str, Any]:
    """Both, groups member by member; `more` wins."""
    both = dict(answers)
    for key, answer in more.items():
        old = both.get(key)
        both[key] = (
            merged(old, answer) if isinstance(old, Mapping) and isinstance(answer, Mapping) else answer
        )
    return both


def _at(answers: Any, path: list[str]) -> Any:
    for key in path:
        answers = answers.get(key) if isinstance(answers, Mapping) else None
    return answers


def _put(said: dict[str, Any], path: list[str], answer: Any) -> None:
    *above, last = path
    for key in above:
        said = said.setdefault(key, {})
    said[last] = answer
