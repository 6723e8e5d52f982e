"""What a trial supposes at its beginning besides answers: what a province has set, what a bank has published."""

from collections.abc import Mapping
from typing import Any

from common.money import Money
from common.text import Text
from designer.rule_editing.trial_form import DECIDED, DOSSIER, decided, with_dossier
from procedure_library.compiled import Compiled
from rules_dsl.nodes import Parameter, Rate
from rules_dsl.values import decode, encode

TITLE = Text("Giả định mức thu của địa phương, tỷ giá", "Supposed local amounts and rates")
NOTHING: Mapping[str, Any] = {"type": "object", "properties": {}}


def local_schema(ready: Compiled) -> Mapping[str, Any] | None:
    """A form of one page for the local amounts and rates that the rules read; None: they read none."""
    names = [
        rule.name
        for rule in ready.rules.rules
        if isinstance(rule, Rate) or (isinstance(rule, Parameter) and rule.local)
    ]
    if not names:
        return None
    schema = with_dossier(NOTHING, ready.rules, names, {})
    group = {**schema["properties"][DOSSIER], "title": TITLE.vi, "x-motcua-en": {"title": TITLE.en}}
    return {**schema, "properties": {DOSSIER: group}}


def answered_usually(ready: Compiled) -> dict[str, Any]:
    """Those questions as some example of the procedure answers them."""
    values = {
        name: decode(value)
        for example in reversed(ready.definition.examples)
        for name, value in example.parameters.items()
    }
    return {DOSSIER: {f"{DECIDED}{name}": _typed(value) for name, value in values.items()}}


def _typed(value: Any) -> Any:
    return value.minor if isinstance(value, Money) else value


def supposed_in(answers: Mapping[str, Any], ready: Compiled) -> dict[str, Any]:
    """Those typed, as an example writes them."""
    return {name: encode(value) for name, value in decided(answers, ready.rules).items()}
