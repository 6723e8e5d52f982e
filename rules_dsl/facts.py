"""What a rule may ask about: the fields of the form and a closed list of dossier facts, with their types."""

from collections.abc import Mapping, Sequence
from typing import Any

from rules_dsl.dossier_facts import dossier_facts
from rules_dsl.fact_types import FactType, Scope
from rules_dsl.reading import Facts, read_facts
from rules_dsl.schema import fields_of

__all__ = ["FactType", "Facts", "Scope", "read_facts", "scope"]


def scope(
    schema: Mapping[str, Any],
    case_types: Sequence[str] = (),
    moment: str = "filing",
    whole: Mapping[str, Any] | None = None,
) -> Scope:
    """The facts at one moment. `schema` is the form as far as it is filled by then (its pages, its required).

    `whole` is the complete form: its other fields are known to come later. A field called `dossier` would
    hide behind the dossier facts; the checks of the form refuse it.
    """
    now = fields_of(schema)
    later = frozenset(fields_of(whole or {})) - frozenset(now)
    return Scope({**now, **dossier_facts(case_types)}, moment, later)
