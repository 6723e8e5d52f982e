"""A form as its author tries it out."""

from collections.abc import Mapping
from typing import Any

from form_builder.form import Form
from form_builder.schema import read_form
from procedure_library.shipped_places import national_places


def tried_form(schema: Mapping[str, Any]) -> Form:
    """The form, its addresses asked from the list that ships: by that one its examples are judged, too."""
    return read_form(schema, national_places())
