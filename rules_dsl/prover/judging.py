"""The judge of answers where nobody gives a better one: the form's JSON Schema, formats of the library's own."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from jsonschema import Draft202012Validator

Answers = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Judge:
    """`accepts` tells whether the form accepts answers. `fitted` puts right what the solver could not know of them:
    which commune lies in which province. What comes out is tried as any case is, so it may change every answer.
    """

    accepts: Callable[[Answers], bool]
    fitted: Callable[[Answers], Answers] = lambda answers: answers


def judge_of(schema: Mapping[str, Any]) -> Judge:
    """Whether the schema accepts answers. Numbers are compared exactly, as decimals."""
    exact = json.loads(json.dumps(schema, default=_number), parse_float=Decimal)
    validator = Draft202012Validator(exact, format_checker=Draft202012Validator.FORMAT_CHECKER)
    return Judge(lambda answers: bool(validator.is_valid(answers)))


def _number(value: Any) -> Any:
    return dict(value) if isinstance(value, Mapping) else float(value)
