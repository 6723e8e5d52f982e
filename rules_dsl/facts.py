"""What a rule may ask about: the fields of the form and a closed list of dossier facts, with their types."""

from collections.abc import Mapping, Sequence
from typing import Any

from rules_dsl.dossier_facts import dossier_facts
from rules_dsl.fact_types import FactType, Scope
from rules_dsl.reading import Facts, read_facts
from rules_dsl.schema import fields_of

__all__ = ["FactType", "Facts", "Scope", "read_facts", "scope"]


def scope(schema: Mapping[str, Any], case_types: Sequence[str] = (), moment: str = "filing") -> Scope:
    """The facts at one moment. `schema` is the form as far as it is filled by then (its pages, its required).

    A field called `dossier` would hide behind the dossier facts; the checks of the form refuse it.
    """
    return Scope({**fields_of(schema), **dossier_facts(case_types)}, moment)
