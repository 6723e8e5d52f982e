"""Keys are short lower-case words, each used once: dossiers, statistics and later versions go by them.

Good: "examine". Bad: "Thẩm tra", or two steps called "examine".
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from common.problems import Finding
from procedure_library.checks.subject import Subject
from procedure_library.definition import KEY, Definition


def check(subject: Subject) -> Iterator[Finding]:
    for keys in _families(subject.definition):
        for key, count in Counter(keys).items():
            if not KEY.fullmatch(key):
                yield Finding("procedures.key.spelling", key or "?", {"key": key})
            if count > 1:
                yield Finding("procedures.key.twice", key, {"key": key})


def _families(definition: Definition) -> Iterator[Iterable[str]]:
    """Keys that must differ from one another. Steps and transitions share the ids of one drawing."""
    yield [definition.key]
    yield [*(s.key for s in definition.steps), *(t.key for t in definition.transitions)]
    for family in (definition.case_types, definition.results, definition.letters, definition.examples):
        yield [item.key for item in family]
    for step in definition.steps:
        yield [outcome.key for outcome in step.outcomes]
        yield [ask.key for ask in step.asks]
