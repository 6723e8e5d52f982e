"""The smallest parts: keywords, names, texts and words; and the mistakes known by sight."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from pyparsing import Empty, ParseFatalException, ParserElement, ParseResults, Regex, Suppress

from rules_dsl.grammar.piece import place_at
from rules_dsl.keywords import KEYWORDS, reserved
from rules_dsl.nodes import Language, Name, Truth, Word

PATH = r"[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)*"
Action = Callable[[str, int, ParseResults], Any]


def missing(what: str) -> ParserElement:
    """Fails for good, here, with `rules.expected_<what>`."""
    return failing(Empty(), f"rules.expected_{what}")


def failing(element: ParserElement, code: str) -> ParserElement:
    """Fails for good with this code wherever the element matches: a mistake we know by sight."""

    def fail(text: str, loc: int, _found: ParseResults) -> None:
        raise ParseFatalException(text, loc, code)

    return element.copy().set_parse_action(fail)


def needed(element: ParserElement, what: str) -> ParserElement:
    """The element, or a finding that says what is expected here."""
    return element | missing(what)


def keyword(key: str, language: Language) -> ParserElement:
    """Any form of the keyword, as a whole word; gives nothing."""
    return Suppress(_forms(KEYWORDS[key].forms(language)))


def any_keyword(keys: Iterable[str], language: Language, before: str = "") -> ParserElement:
    """Any form of any of the keywords; gives the key. `before`: a pattern that must follow."""
    meant = {form: key for key in keys for form in KEYWORDS[key].forms(language)}
    longest_first = sorted(meant, key=len, reverse=True)
    return _forms(longest_first, before).add_parse_action(lambda found: meant[" ".join(found[0].split())])


def _forms(forms: Iterable[str], before: str = "") -> ParserElement:
    patterns = (r"\s+".join(map(re.escape, form.split())) for form in forms)
    return Regex(rf"(?<!\w)(?:{'|'.join(patterns)})(?![\w.])(?={before})")


def placed(build: Callable[..., Any]) -> Action:
    """A parse action that builds a node from the tokens and gives it its place."""

    def action(text: str, loc: int, found: ParseResults) -> Any:
        return build(*found, place=place_at(text, loc))

    return action


def path(language: Language) -> ParserElement:
    """A field, rule or parameter: dotted; a single keyword only between backticks. Gives its text."""
    words = reserved(language)
    unreserved = Regex(rf"{PATH}(?!\w)").add_condition(lambda found: found[0] not in words)
    quoted = Regex(rf"`{PATH}`").add_parse_action(lambda found: found[0][1:-1])
    return quoted | unreserved


def name(language: Language) -> ParserElement:
    return path(language).add_parse_action(placed(Name))


def text() -> ParserElement:
    """A text between straight double quotes, on one line; a backslash keeps a quote or backslash."""
    curly = failing(Regex("[“”‘’«»]"), "rules.curly_quotes")
    escaped = re.compile(r"\\(.)")
    straight = Regex(r'"(?:[^"\\\n]|\\["\\])*"').add_parse_action(
        lambda found: escaped.sub(r"\1", found[0][1:-1])
    )
    return straight | curly


def word(language: Language) -> ParserElement:
    """A value of a list: a bare word, or a text between quotes."""
    words = reserved(language)
    bare = Regex(r"[A-Za-z_][A-Za-z0-9_]*(?![\w.])").add_condition(lambda found: found[0] not in words)
    return (bare | text()).add_parse_action(placed(Word))


def truth(language: Language) -> ParserElement:
    either = any_keyword(("yes", "no"), language).add_parse_action(lambda found: found[0] == "yes")
    return either.add_parse_action(placed(Truth))


def rule_name(language: Language) -> ParserElement:
    """The name of a rule: one word, no dots."""
    return path(language).add_condition(lambda found: "." not in found[0])
