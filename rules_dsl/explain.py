"""Puts an evaluation into the sentences of a fee notice or reception slip, with the facts and the law."""

import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import cast

from common.messages import message
from rules_dsl import nodes as n
from rules_dsl.allowance import Unit
from rules_dsl.deadline import DayLine, Deadline
from rules_dsl.evaluation import Evaluation, TraceLine
from rules_dsl.fact_types import Scope
from rules_dsl.kind import PERCENTAGE
from rules_dsl.kinds import Kinds
from rules_dsl.labels import Labels
from rules_dsl.shifts import Shift
from rules_dsl.unknown import Unknown
from rules_dsl.values import ComponentNeed, Value
from rules_dsl.wording import Wording

WEEKDAYS = {
    "vi": ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
# The heading already says what these lines would.
SILENT = {"trace.met", "trace.not_met", "trace.needed", "trace.not_needed"}


def sentences(
    evaluation: Evaluation, rules: n.RuleFile, language: str, scope: Scope | None = None
) -> tuple[str, ...]:
    """The value with its law, then one sentence for each line that made it, then the parameters read.

    `scope` gives facts the titles and labels of the form; without it they go by their keys.
    """
    said = _Explanation(evaluation, rules, language, scope)
    if isinstance(evaluation.value, Unknown):
        return (said.unknown(evaluation.value),)
    lines = [said.line(line) for line in evaluation.trace if line.code not in SILENT]
    return (said.heading(), *lines, *said.parameters())


def reason(
    unknown: Unknown, evaluation: Evaluation, rules: n.RuleFile, language: str, scope: Scope | None = None
) -> str:
    """Why something that follows from the evaluation is not known."""
    return _Explanation(evaluation, rules, language, scope).why(unknown)


def named(
    name: str, value: Value | Unknown, rules: n.RuleFile, language: str, scope: Scope | None = None
) -> tuple[str, str]:
    """What a let is called, and its value in words; "" where that is not known."""
    labels, kinds = Labels.of(rules, scope), Kinds.of_file(rules, scope)
    title = labels.title(name).in_(language) or name
    if isinstance(value, Unknown):
        return title, ""
    if isinstance(value, Decimal) and kinds.of_name(name) == PERCENTAGE:
        return title, Wording(language).percentage(value)
    let = kinds.lets[name].value
    return title, labels.value(let.path if isinstance(let, n.Name) else name, value, language)


def day_sentences(deadline: Deadline, language: str) -> tuple[str, ...]:
    """What each day did to the count, then the due day."""
    lines = [day_sentence(line, language) for line in deadline.days]
    return (*lines, _said("term.due", language, day=_due(deadline, language)))


def shift_sentences(moved: Shift, language: str) -> tuple[str, ...]:
    """From which date to which, then each day that counts otherwise."""
    before, after = (_due(deadline, language) for deadline in (moved.before, moved.after))
    days = [day_sentence(line, language) for line in moved.why]
    return (_said("term.moved", language, before=before, after=after), *days)


def _due(deadline: Deadline, language: str) -> str:
    words = Wording(language)
    return words.instant(deadline.due_at) if deadline.to_the_minute else words.day(deadline.due_on)


def day_sentence(line: DayLine, language: str) -> str:
    """What one day did to the count."""
    words = Wording(language)
    weekday = WEEKDAYS["en" if language == "en" else "vi"][line.day.weekday()]
    note = line.parameters.get("note")
    values = {**line.parameters, "note": f" ({note})" if note else "", "span": _span(line, words)}
    return _said(line.code, language, day=f"{weekday} {words.day(line.day)}", **values)


def _span(line: DayLine, words: Wording) -> str:
    """ "2 ngày làm việc", of a line that tells an extension."""
    if "unit" not in line.parameters:
        return ""
    return words.span(int(line.parameters["amount"]), cast(Unit, line.parameters["unit"]))


@cache
def _templates() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(files("rules_dsl").joinpath("sentences.toml").read_text(encoding="utf-8"))


def _said(code: str, language: str, **values: object) -> str:
    return _templates()[code]["en" if language == "en" else "vi"].format_map(values)


class _Explanation:
    """One evaluation in one language."""

    def __init__(self, evaluation: Evaluation, rules: n.RuleFile, language: str, scope: Scope | None) -> None:
        self.evaluation, self.language = evaluation, language
        self.words, self.labels = Wording(language), Labels.of(rules, scope)
        self.rules = self.labels.rules
        self.kinds = Kinds.of_file(rules, None)

    def heading(self) -> str:
        value, trace = self.evaluation.value, self.evaluation.trace
        match self.evaluation.kind, value:
            case "condition", bool():
                code = "heading.met" if value else "heading.not_met"
            case "component", ComponentNeed():
                code = "heading.needed" if value.needed else "heading.not_needed"
            case _:
                code = "heading.value"
        law = trace[-1].cites if code == "heading.value" and trace else self._rule_law()
        text = self.result(value) if isinstance(value, str) else self.words.outcome(value)
        return _said(
            code, self.language, title=self.title(self.evaluation.rule), value=text, law=self.law(law)
        )

    def unknown(self, value: Unknown) -> str:
        title = self.title(self.evaluation.rule)
        return _said("heading.unknown", self.language, title=title, value=self.why(value))

    def why(self, value: Unknown) -> str:
        names = ", ".join(self.title(name) for name in value.missing)
        return message(value.code, {"names": names}, self.language).text

    def line(self, line: TraceLine) -> str:
        parameters = {name: self.words.value(value) for name, value in line.parameters.items()}
        named = line.parameters.get("name")
        if isinstance(named, str):
            parameters |= {"title": self.title(named), "value": self.reading(named, line.result)}
        law = "" if line.cites == self._rule_law() else self.law(line.cites)
        values = {**parameters, "parts": self.parts(line), "reason": self.reason(line), "law": law}
        sentence = _said(line.code, self.language, result=self.result(line.result), **values)
        if line.row is None:
            return sentence
        return _said("row", self.language, row=line.row + 1, sentence=sentence)

    def result(self, value: Value | None) -> str:
        """What the rule comes to, here or at the end: the value of a choice as people call it."""
        return self.labels.value(self.evaluation.rule, value, self.language)

    def parts(self, line: TraceLine) -> str:
        """ "2 × 2.000 đồng + 8 × 1.000 đồng"."""
        found, number = [], 1
        while f"units_{number}" in line.parameters:
            units = line.parameters[f"units_{number}"]
            if units:
                price = self.words.value(line.parameters[f"price_{number}"])
                found.append(f"{self.words.value(units)} × {price}")
            number += 1
        return " + ".join(found) or self.words.value(line.result)

    def reason(self, line: TraceLine) -> str:
        """The facts the line read, as the form calls them."""
        values = ((name, self.labels.value(name, value, self.language)) for name, value in line.facts)
        facts = "; ".join(f"{self.title(name)}: {value}" for name, value in values)
        return f" ({facts})" if facts else ""

    def law(self, cites: tuple[str, ...]) -> str:
        return f" ({'; '.join(cites)})" if cites else ""

    def title(self, name: str) -> str:
        """What people call a rule, parameter, fact or calendar; its key when nobody has named it."""
        if name.startswith("calendar."):
            return _said("calendar", self.language, year=name.removeprefix("calendar."))
        head, _, day = name.rpartition(".")
        if isinstance(self.rules.get(head), n.Rate):
            on = self.words.day(date.fromisoformat(day))
            return _said("rate", self.language, title=self.title(head), day=on)
        return self.labels.title(name).in_(self.language) or name

    def reading(self, name: str, value: Value | None) -> str:
        """The value of a parameter, table or interpolation as the rule writes it: a share in hundredths."""
        if isinstance(value, Decimal) and self.kinds.of_name(name) == PERCENTAGE:
            return self.words.percentage(value)
        return self.words.value(value)

    def parameters(self) -> tuple[str, ...]:
        return tuple(
            _said(
                "parameter",
                self.language,
                title=self.title(used.name),
                value=self.reading(used.name, used.value),
                law=self.law(used.cites),
            )
            for used in self.evaluation.used.parameters
        )

    def _rule_law(self) -> tuple[str, ...]:
        rule = self.rules.get(self.evaluation.rule)
        return rule.law.cites if rule else ()
