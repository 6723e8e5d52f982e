"""What a letter prints of the form is asked by the form.

Good: `#d.texts.at("worker.name", default: "")` where the form asks `worker.name`. Bad: a question of another name:
the letter would leave a blank, because `default` also stands for what was never asked.

Whether the source can be typeset at all is tried with every example (procedure_library/letter_trials.py).
"""

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from common.problems import Finding, Parameter
from common.text import Text
from form_builder.form import Form
from form_builder.schema import read_form
from procedure_library.checks.subject import Subject
from procedure_library.checks.titles import spoken
from procedure_library.definition import Letter

COMMENT = re.compile(r"(^|\s)//[^\n]*")
# A path that goes on (`"members." + str(number) + ".name"`) is looked at as far as it is written.
TEXT = re.compile(r'\btexts\.at\(\s*"([^"\n]*)"')
ANSWER = re.compile(r"\banswers\.([a-z_][\w-]*(?:\.[a-z_][\w-]*)*)")
# What Typst can do with a dictionary: no question may be meant.
METHODS = frozenset(("at", "filter", "insert", "keys", "len", "map", "pairs", "remove", "values"))


def check(subject: Subject) -> Iterator[Finding]:
    form = read_form(subject.definition.form)
    known = {field.path for field in form.every_field()}
    for letter in subject.definition.letters:
        for path, line in questions_in(letter):
            if not _is_asked(form, path):
                yield _unknown(letter, path, line, known)


def questions_in(letter: Letter) -> list[tuple[str, int]]:
    """The path of each question that the letter names, and its line."""
    source = COMMENT.sub(lambda found: found[1], letter.source)
    return sorted({*_read(source)}, key=lambda read: read[1])


def _read(source: str) -> Iterator[tuple[str, int]]:
    for found in TEXT.finditer(source):
        yield found[1].strip("."), _line(source, found)
    for found in ANSWER.finditer(source):
        path = _without_methods(found[1].split("."))
        if path:
            yield path, _line(source, found)


def _without_methods(parts: Iterable[str]) -> str:
    """The first name alone: what is inside an answer (the parts of an address) the form does not list."""
    first = next(iter(parts))
    return "" if first in METHODS else first


def _line(source: str, found: re.Match[str]) -> int:
    return source.count("\n", 0, found.start()) + 1


def _is_asked(form: Form, path: str) -> bool:
    return form.field_at(path) is not None


def _unknown(letter: Letter, path: str, line: int, known: Iterable[str]) -> Finding:
    near = get_close_matches(path, known, 1)
    named: dict[str, Parameter | Text] = {
        "letter": letter.name,
        "path": path,
        "suggestion": Text(near[0] if near else "@procedures.no_such"),
    }
    return Finding("procedures.placeholders.unknown", f"letters/{letter.key}.typ", spoken(named), line=line)
