"""The desk: reception, case officers, approvers and cashiers, each with the work that waits for them."""

from runtime.views.desk import (  # noqa: F401 — each module hangs its pages on the blueprint
    closing,
    correcting,
    counter,
    directing,
    dossiers,
    figures,
    halting,
    inbox,
    moves,
    printouts,
    reception,
    refunding,
    reminders,
    supplements,
    tasks,
)
from runtime.views.desk.blueprint import desk

__all__ = ["desk"]
