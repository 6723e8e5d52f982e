"""What people call the rules, facts and values of lists that a rule file names: by the words of the form."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from common.text import Text
from rules_dsl import nodes as n
from rules_dsl.fact_types import UNTITLED, Scope
from rules_dsl.values import Value
from rules_dsl.walk import names_in
from rules_dsl.wording import Wording


@dataclass(frozen=True, slots=True)
class Labels:
    """The words of a rule file and its form. `scope` None: no form is known, its fields go by their keys."""

    rules: Mapping[str, n.AnyRule]
    scope: Scope | None

    @classmethod
    def of(cls, rules: n.RuleFile, scope: Scope | None) -> "Labels":
        return cls({rule.name: rule for rule in rules.rules if rule.name}, scope)

    def title(self, name: str) -> Text:
        """The title of the rule or fact; empty when nobody has named it."""
        rule = self.rules.get(name)
        return rule.title if rule else self._fact_title(name)

    def word(self, name: str, word: str) -> Text:
        """What the value of a choice or of a field that offers a list is called; the word itself if nothing else."""
        rule = self.rules.get(name)
        found = self._option(rule, word) if isinstance(rule, n.Choice) else self._of_fact(name, word)
        return found if found.vi else Text(word)

    def value(self, name: str, value: Value | None, language: str) -> str:
        """The value of a fact as people read it."""
        match value:
            case str():
                return self.word(name, value).in_(language)
            case tuple():
                return ", ".join(self.word(name, word).in_(language) for word in value)
        return Wording(language).value(value)

    def keyed(self, name: str, value: Value | None, language: str) -> str:
        """The same for an author, who writes values of lists by their keys: "poor (Hộ nghèo)"."""
        words = value if isinstance(value, tuple) else (value,) if isinstance(value, str) else None
        if words is None:
            return Wording(language).value(value)
        called = ((word, self.word(name, word).in_(language)) for word in words)
        return ", ".join(word if word == said else f"{word} ({said})" for word, said in called)

    def _fact_title(self, name: str) -> Text:
        known = self.scope.facts.get(name) if self.scope else None
        return known.title if known else UNTITLED

    def _of_fact(self, name: str, word: str) -> Text:
        known = self.scope.facts.get(name) if self.scope else None
        return known.labels.get(word, UNTITLED) if known else UNTITLED

    def _option(self, choice: n.Choice, word: str) -> Text:
        """By the rule's own words; else as a field calls the value, first of those that the choice asks about."""
        own = (option.title for option in choice.options if option.value == word)
        return next((title for title in (*own, *self._likely(choice, word)) if title.vi), UNTITLED)

    def _likely(self, choice: n.Choice, word: str) -> Iterator[Text]:
        conditions = (option.when for option in choice.options if option.when is not None)
        yield from (self._of_fact(name.path, word) for node in conditions for name in names_in(node))
        everywhere = {self._of_fact(name, word) for name in (self.scope.facts if self.scope else ())} - {
            UNTITLED
        }
        # Where two fields call the value differently, neither word is the choice's.
        yield from everywhere if len(everywhere) == 1 else ()
