"""Saying on the next page why an act was not done."""

from flask import flash

from common.i18n import language
from common.messages import message_of
from common.problems import Refusal

ENDS = (".", "!", "?")


def flash_refusal(refusal: Refusal) -> None:
    """Why, and what to do about it."""
    said = message_of(refusal, language())
    end = "" if said.text.endswith(ENDS) else "."
    flash(f"{said.text}{end} {said.remedy}", "warning")
