"""JSON whose decimals are what was typed: 2.5 is never 2.4999999."""

import json
from decimal import Decimal
from typing import Any

import orjson

from common.problems import MotcuaError


def read(text: str | bytes) -> Any:
    """The value of a JSON text; numbers with a point are Decimal. ValueError: it is no JSON."""
    return _DECODER.decode(text if isinstance(text, str) else text.decode())


def keeps(value: Decimal) -> bool:
    """Whether a JSON number has all digits of the value."""
    return value == value.to_integral_value() or Decimal(repr(float(value))) == value


def write(value: Any) -> str:
    """The JSON text of a value that may hold Decimals, dates left to the caller."""
    try:
        return orjson.dumps(value, _number, _LEFT).decode()
    except TypeError:
        # Whole numbers of more than 64 bits, keys that are no text, lone surrogates; or what nobody can write.
        return _ENCODER.encode(value)


def _number(value: Any) -> int | float:
    """A Decimal as a JSON number: whole ones without a point, others only while all their digits survive."""
    if not isinstance(value, Decimal):
        raise TypeError(f"{type(value).__name__} has no JSON")
    if value == value.to_integral_value():
        return int(value)
    if not keeps(value):
        raise MotcuaError(f"{value} has more digits than JSON keeps")
    return float(value)


def _no_json(name: str) -> Any:
    """NaN and the infinities, which Python's own reader would take."""
    raise ValueError(f"{name} is no JSON")


# Of what orjson would write by itself, all that is left to the caller.
_LEFT = orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_SUBCLASS

# Made once: the functions of `json` make one for each text that is not written in the usual way.
_DECODER = json.JSONDecoder(parse_float=Decimal, parse_constant=_no_json)
_ENCODER = json.JSONEncoder(ensure_ascii=False, default=_number)
