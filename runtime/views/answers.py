"""Acts and how they are answered: a page that says what was done, or the same page with why it was not."""

from flask import flash

from common.i18n import language
from common.messages import message_of
from common.problems import Refusal


def flash_refusal(refusal: Refusal) -> None:
    """Says on the next page why the act was not done, and what to do about it."""
    said = message_of(refusal, language())
    flash(f"{said.text} {said.remedy}", "warning")
