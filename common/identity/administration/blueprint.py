"""The blueprint of administration pages, and the one role that uses them.

Administrators look after the whole installation: there is no unit of it that is not theirs.
"""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, get_template_attribute, request
from flask_wtf import FlaskForm

from common.i18n import message_in_language
from common.identity.administration.forms import blame
from common.problems import Problem, Refusal
from common.web import officials, problems_page

LONGEST_SEARCH = 200

administration = Blueprint("administration", __name__, url_prefix="/administration")
administrators = officials("administrator")


def searched() -> tuple[str, str]:
    """What is searched for and after which row, as the address has them; no NUL, which no text can hold."""
    text, after = (request.args.get(name, "").replace("\0", "") for name in ("q", "after"))
    return text[:LONGEST_SEARCH].strip(), after[:LONGEST_SEARCH]


def again(
    template: str, form: FlaskForm, no: Sequence[Problem] | Refusal | None = None, **context: Any
) -> Response:
    """The page again with what is wrong: a problem beside its field, a refusal in the summary."""
    if isinstance(no, Refusal):
        return problems_page(template, [no], form=form, **context)
    blame(form, no or (), message_in_language)
    return problems_page(template, form=form, **context)


def word(kind: str, key: str) -> str:
    """The word of a level or a role, from the one place where templates have it."""
    return str(get_template_attribute("dossier/words.html", kind)(key))
