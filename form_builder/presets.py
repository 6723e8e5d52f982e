"""Groups with the questions that forms ask about a person or an organisation again and again.

Put into a form they are its own: nothing ties them to the preset any more. Sensitive data (the ethnic group, say) are
in none: an author who needs them adds the question.
"""

import json
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

from form_builder.editing.tree import Schema, with_holder

APPLICANT, PERSON, ORGANISATION = "applicant", "person", "organisation"
# `applicant` is a person whose answers the account knows; of nobody else are they filled in.
PRESETS = (APPLICANT, PERSON, ORGANISATION)
KNOWN_BY_ACCOUNT = "x-motcua-prefill"


def with_preset(schema: Schema, path: str, preset: str) -> dict[str, Any]:
    """The form whose group at the path asks the questions of the preset, and no others."""
    return with_holder(schema, path, lambda group: {**group, **inside_of(preset)})


def inside_of(preset: str) -> dict[str, Any]:
    """What the group says about its questions, as JSON Schema."""
    written = _written()
    if preset != PERSON:
        return dict(written[PERSON if preset == APPLICANT else preset])
    properties = {key: _not_known(node) for key, node in written[PERSON]["properties"].items()}
    return {**written[PERSON], "properties": properties}


def _not_known(node: Mapping[str, Any]) -> dict[str, Any]:
    return {name: part for name, part in node.items() if name != KNOWN_BY_ACCOUNT}


@lru_cache(maxsize=1)
def _written() -> Mapping[str, Any]:
    text = files("form_builder").joinpath("presets.json").read_text(encoding="utf-8")
    return dict(json.loads(text))
