"""What came of a question: proved, refuted with a case that shows it, or not decided and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from common.problems import Parameter
from rules_dsl.nodes import NOWHERE, Place

Verdict = Literal["proved", "refuted", "not_decided"]
# in_force: the rule is in force on every day. complete: for every case some line, bracket or row applies.
# alive: the line, bracket or row applies in some case. unique: no two apply at once. combined: no two reductions
# meet unless the rule says how. guarded: no fact is read that may be absent. possible: the condition can be met,
# the paper can be needed. always: what the file claims holds.
Question = Literal["in_force", "complete", "alive", "unique", "combined", "guarded", "possible", "always"]
FORMAT = 1


@dataclass(frozen=True, slots=True)
class CounterExample:
    """A case that shows it: `facts` as in docs/formats/facts.schema.json, valid under the form.

    `after` are the facts of a second case, for a claim that compares two. `parameters` and `rates` are what the
    case supposes a province to have set and a bank to have published, as `rules_dsl.reference` reads them.
    """

    facts: Mapping[str, Any]
    after: Mapping[str, Any] | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)
    rates: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return {
            "facts": _plain(self.facts),
            "after": None if self.after is None else _plain(self.after),
            "parameters": _plain(self.parameters),
            "rates": _plain(self.rates),
        }


@dataclass(frozen=True, slots=True)
class Proof:
    """The answer to one question about one rule.

    `rule` is its name, empty for a claim; `place` is that of the line, bracket or row asked about. `code` with
    `parameters` is the sentence of the finding when it is refuted; `reason` says why it is not decided.
    `seconds` is how long it took.
    """

    rule: str
    question: Question
    verdict: Verdict
    code: str
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    place: Place = NOWHERE
    counter_example: CounterExample | None = None
    reason: str | None = None
    seconds: float = 0.0

    def to_json(self) -> dict[str, Any]:
        example = self.counter_example
        return {
            "format": FORMAT,
            "rule": self.rule,
            "question": self.question,
            "verdict": self.verdict,
            "code": self.code,
            "parameters": dict(self.parameters),
            "line": self.place.line,
            "column": self.place.column,
            "counter_example": None if example is None else example.to_json(),
            "reason": self.reason,
            "seconds": round(self.seconds, 3),
        }


def _plain(value: Any) -> Any:
    """JSON of facts: decimals as numbers, written as they are."""
    match value:
        case Mapping():
            return {str(key): _plain(each) for key, each in value.items()}
        case list() | tuple():
            return [_plain(each) for each in value]
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
    return value
