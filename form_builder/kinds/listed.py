"""Nationality and ethnic group: one choice from a list that is not in the form."""

from form_builder.kinds.choices import choice_told, choice_typed, read_choice
from form_builder.kinds.kind import Kind

NATIONALITY = Kind(
    "nationality",
    {"type": "string", "format": "nationality"},
    "listed",
    read_choice,
    choice_typed,
    choice_told,
    missing="form.not_chosen",
)
ETHNIC_GROUP = Kind(
    "ethnic_group",
    {"type": "string", "format": "ethnic-group"},
    "listed",
    read_choice,
    choice_typed,
    choice_told,
    missing="form.not_chosen",
)
