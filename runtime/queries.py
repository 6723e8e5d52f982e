"""Questions to the runtime, in one place for views. Every one answers only what the actor may see."""

from runtime.access import application_for, document_for, letter_for, task_for, task_led_by, upload_for
from runtime.escalations import Escalated, count_escalated, escalated
from runtime.history import Happened, history_of
from runtime.inbox import Counts, InboxRow, counts, inbox, step_name
from runtime.linking.reading import ToldPart, Whole, parts_of, whole_of
from runtime.lists import ListedDossier, LookedUp, Unsent, dossiers_of, look_up, search, unsent
from runtime.pages import After, Page
from runtime.reading import (
    DossierView,
    Priced,
    charges_of,
    decision_of,
    dossier_for,
    evaluations_of,
    letters_of,
    notices_of,
)
from runtime.resting import resting

__all__ = [
    "After",
    "Counts",
    "DossierView",
    "Escalated",
    "Happened",
    "InboxRow",
    "ListedDossier",
    "LookedUp",
    "Page",
    "Priced",
    "ToldPart",
    "Unsent",
    "Whole",
    "application_for",
    "charges_of",
    "count_escalated",
    "counts",
    "decision_of",
    "document_for",
    "dossier_for",
    "dossiers_of",
    "escalated",
    "evaluations_of",
    "history_of",
    "inbox",
    "letter_for",
    "letters_of",
    "look_up",
    "notices_of",
    "parts_of",
    "resting",
    "search",
    "step_name",
    "task_for",
    "task_led_by",
    "unsent",
    "upload_for",
    "whole_of",
]
