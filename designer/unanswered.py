"""Examples that lack an answer which the form demands, as after a question was added; one answer for them all."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from common.problems import Finding
from form_builder.checks import check_form
from form_builder.form import Field
from form_builder.judge import judge
from form_builder.moments import schema_at
from form_builder.schema import read_form
from form_builder.visibility import prune
from procedure_library.canonical import parsed, readable
from procedure_library.definition import Definition, Example
from procedure_library.moments import moments, pages_at
from procedure_library.semantics import Graph
from procedure_library.shipped_places import national_places


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question that must be answered, and in which examples it is not: their keys and, dotted with the
    numbers of rows ("documents.0.purpose"), the places where the answer belongs."""

    question: Field
    places: Mapping[str, tuple[str, ...]]


def lacking(definition: Definition | tuple[Finding, ...]) -> tuple[Unanswered, ...]:
    """In the order of the form; nothing while the draft cannot be read, or the form itself is wrong."""
    if not isinstance(definition, Definition) or _is_wrong(definition.form):
        return ()
    form, graph = read_form(definition.form), Graph.of(definition)
    places: dict[str, dict[str, tuple[str, ...]]] = {}
    for example in definition.examples:
        for where in _places(definition, graph, example):
            of_field = places.setdefault(_path(where), {})
            of_field[example.key] = (*of_field.get(example.key, ()), where)
    return tuple(
        Unanswered(field, places[field.path]) for field in form.every_field() if field.path in places
    )


def asked_alone(form: Mapping[str, Any], question: Field) -> dict[str, Any]:
    """A form that asks nothing but this question, and wants it answered."""
    schema = {
        "type": "object",
        "properties": {question.key: dict(question.schema)},
        "required": [question.key],
    }
    return {**schema, "$defs": form["$defs"]} if "$defs" in form else schema


def with_answer(content: str, places: Iterable[str], answer: Any) -> str:
    """The file of an example, with the answer at these places."""
    body = parsed(content)
    for where in places:
        *way, key = where.split(".")
        holder = body["facts"]["answers"]
        for part in way:
            holder = holder[int(part) if isinstance(holder, list) else part]
        holder[key] = answer
    return f"{readable(body)}\n"


def _is_wrong(form: Mapping[str, Any]) -> bool:
    return any(finding.severity == "error" for finding in check_form(form))


def _places(definition: Definition, graph: Graph, example: Example) -> Iterator[str]:
    """Where an answer is demanded and there is none, unless that is what the example is about."""
    if example.moment not in moments(definition):
        return
    case_type = _known(example, "dossier").get("case_type")
    kind = next((each for each in definition.case_types if each.key == case_type), None)
    schema = schema_at(definition.form, pages_at(definition, graph, example.moment, kind))
    asked = read_form(schema, national_places())
    answers = prune(asked, _known(example, "answers"))
    for problem in judge(asked, answers):
        if problem.where not in example.expect.get("problems", ()) and not _is_there(answers, problem.where):
            yield problem.where


def _known(example: Example, part: str) -> Mapping[str, Any]:
    """Answers or dossier of the example; a file that somebody wrote by hand may have neither."""
    known = example.facts.get(part)
    return known if isinstance(known, Mapping) else {}


def _is_there(answers: Any, where: str) -> bool:
    held = answers
    for part in where.split("."):
        if isinstance(held, list):
            held = held[int(part)]
        elif part in held:
            held = held[part]
        else:
            return False
    return True


def _path(where: str) -> str:
    """The path of the field: places without the numbers of rows."""
    return ".".join(part for part in where.split(".") if not part.isdecimal())
