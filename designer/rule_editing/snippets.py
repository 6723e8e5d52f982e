"""A sample of every kind of rule to begin with; what its author replaces is marked for the editor.

The samples are a rule file like any other (`snippets.motcua`), so they are right in both spellings. The comment
before each says what it is for, in Vietnamese and in English.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from common.money import EXPONENTS
from common.text import Text
from rules_dsl.formatter import format_rules
from rules_dsl.keywords import vocabulary
from rules_dsl.nodes import NO_COMMENTS, AmountRule, AnyRule, Language, RuleFile
from rules_dsl.parser import parse
from rules_dsl.scanning import tokens


@dataclass(frozen=True, slots=True)
class Snippet:
    """`kind` as in the keyword tables; `text` as a rule, `template` the same with its places to fill in."""

    kind: str
    label: Text
    text: str

    @property
    def template(self) -> str:
        """With `${1:name}` where something is to be put, the same number where it is to be the same."""
        return "".join(_marked(self.text))


@cache
def snippets(language: Language) -> tuple[Snippet, ...]:
    """The samples in the order in which a file is usually written."""
    sample = parse(files("designer").joinpath("rule_editing/snippets.motcua").read_text(encoding="utf-8"))
    return tuple(_snippet(rule, language) for rule in sample.rules.rules)


def _snippet(rule: AnyRule, language: Language) -> Snippet:
    kind = rule.kind if isinstance(rule, AmountRule) else type(rule).__name__.lower()
    vietnamese, _, english = rule.comments.before[-1].partition(" | ")
    bare = RuleFile(language, (replace(rule, comments=NO_COMMENTS),))
    return Snippet(kind, Text(vietnamese, english), format_rules(bare).partition("\n\n")[2])


def _marked(text: str) -> Iterator[str]:
    keywords = {word for language in ("vi", "en") for form in vocabulary(language) for word in form.split()}
    names: dict[str, int] = {}
    number = end = 0
    for token in tokens(text):
        yield text[end : token.start]
        end = token.end
        quote = '"' if token.kind == "text" else ""
        is_name = token.kind == "word" and token.text not in keywords and token.text not in EXPONENTS
        if not (quote or is_name or token.text[0].isdecimal()):
            yield token.text
            continue
        number += token.text not in names
        place = names.setdefault(token.text, number) if is_name else number
        yield f"{quote}${{{place}:{token.text.strip(quote or None)}}}{quote}"
    yield text[end:]
