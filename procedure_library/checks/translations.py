"""What people read is said in English too: of each part of the definition it is told how much is not.

Good: every name, question, rule and letter in both languages. Bad: a result that has only a Vietnamese name. It is a
warning, at the first text of the part that lacks it: Vietnamese then stands on English pages.
"""

from collections.abc import Iterator, Mapping

from common.problems import Finding, Parameter
from common.text import Text
from procedure_library.checks import form
from procedure_library.checks.captions import Caption, captions
from procedure_library.checks.subject import Subject
from procedure_library.checks.titles import spoken
from procedure_library.package import RULES
from rules_dsl.nodes import Always, Choice, Example

# How many texts are named, and how much of each.
NAMED, LONGEST = 3, 60
# What only the authors of rules read.
FOR_AUTHORS = (Always, Example)


def check(subject: Subject) -> Iterator[Finding]:
    for part, missing in lacking(subject).items():
        said: dict[str, Parameter | Text] = {
            "part": f"@procedures.part.{part}",
            "count": len(missing),
            "texts": _named(missing),
        }
        first = missing[0]
        yield Finding("procedures.translations.missing", first.where, spoken(said), "warning", first.line)


def lacking(subject: Subject) -> Mapping[str, list[Caption]]:
    """By part the texts that have words in Vietnamese alone."""
    found: dict[str, list[Caption]] = {}
    for caption in _every(subject):
        if caption.text.vi.strip() and not caption.text.en.strip():
            found.setdefault(caption.part, []).append(caption)
    return found


def _every(subject: Subject) -> Iterator[Caption]:
    yield from captions(subject.definition)
    for step in subject.definition.steps:
        yield from (Caption("steps", step.key, notice.text) for notice in step.notices)
    for found in form.without_english(subject):
        yield Caption("form", found.where, Text(str(found.parameters["field"])))
    yield from _of_rules(subject)


def _of_rules(subject: Subject) -> Iterator[Caption]:
    for rule in subject.parsed.rules.rules:
        if not isinstance(rule, FOR_AUTHORS):
            yield Caption("rules", RULES, rule.title, rule.place.line)
        for option in rule.options if isinstance(rule, Choice) else ():
            yield Caption("rules", RULES, option.title, option.place.line)


def _named(missing: list[Caption]) -> Text:
    """The first of them in quotation marks, and whether there are more."""
    texts = [caption.text.vi.strip()[:LONGEST] for caption in missing[:NAMED]]
    more = ", …" if len(missing) > NAMED else ""
    marked = (", ".join(f"{left}{text}{right}" for text in texts) for left, right in ("«»", "“”"))
    return Text(*(f"{row}{more}" for row in marked))
