"""The graph of a procedure edited by hand: steps put in, led elsewhere, taken out, with the drawing that follows."""

from procedure_library.step_editing.graph import (
    Edited,
    Removal,
    begin,
    change_step,
    change_way,
    connect,
    insert_from,
    insert_on,
    redirect,
    removal_of,
    remove_step,
    remove_way,
)
from procedure_library.step_editing.rules import interruptions_of
from procedure_library.step_editing.walk import walk

__all__ = [
    "Edited",
    "Removal",
    "begin",
    "change_step",
    "change_way",
    "connect",
    "insert_from",
    "insert_on",
    "interruptions_of",
    "redirect",
    "removal_of",
    "remove_step",
    "remove_way",
    "walk",
]
