"""The words of the rules language as its editor needs them: to colour, and to offer where one may go on.

The lists come from the keyword tables, and which words may begin a line of a rule from the parser itself: nothing
of the language is written down a second time.
"""

from functools import cache
from typing import Any

from designer.rule_editing.snippets import snippets
from rules_dsl.keywords import CLAUSE_WORDS, CONTEXT_WORDS, JOINING_WORDS, RULE_WORDS, Spelling, spelled
from rules_dsl.nodes import Language
from rules_dsl.parser import parse

# What the parser says of a word that cannot stand where it stands.
NO_SUCH_LINE = ("rules.unknown_line", "rules.misplaced_word", "rules.unexpected")
# A line goes on with these, whatever its rule.
MODIFIERS = ("english", "cites", "from_on", "until_on", "when", "otherwise")
# Behind these stands a value.
ASKING = ("is", "is_not", "in", "not_in")


@cache
def words_of(language: Language) -> dict[str, Any]:
    """Every keyword by what it does, and the words that may begin a line by the word that begins the rule."""
    return {
        "opening": opening_of(language),
        "rule": _forms(RULE_WORDS, language),
        "clause": _forms(CLAUSE_WORDS, language),
        "joining": _forms(JOINING_WORDS, language),
        "context": _forms(CONTEXT_WORDS, language),
        "asking": [*(spelled(key, language) for key in ASKING), "="],
        "lines": {spelled(kind, language): _beginnings(kind, language) for kind in RULE_WORDS},
    }


def opening_of(language: Language) -> str:
    """The first line of a file."""
    return f"{spelled('language', language)} {language}"


def _forms(table: dict[str, Spelling], language: Language) -> list[str]:
    return list(dict.fromkeys(form for word in table.values() for form in word.forms(language)))


def _beginnings(kind: str, language: Language) -> list[str]:
    """The words with which a line of such a rule may begin, the rule's own before those of every line."""
    sample = next(snippet.text for snippet in snippets(language) if snippet.kind == kind)
    tried = [
        spelled(key, language) for key in (*CLAUSE_WORDS, "one_of") if key not in ("language", *MODIFIERS)
    ]
    # What nothing begins with ends each line, so that none reads on in the next.
    lines = [opening_of(language), *sample.splitlines(), *(f"{word} )" for word in tried)]
    findings = parse("\n".join(lines)).findings
    refused = {f.line for f in findings if f.code in NO_SUCH_LINE and f.column == 1}
    first = len(lines) - len(tried) + 1
    fitting = [word for number, word in enumerate(tried, first) if number not in refused]
    return [*fitting, *(spelled(key, language) for key in MODIFIERS)]
