"""What the editor of rules asks while somebody types: answers in JSON, nothing is saved."""

from collections.abc import Mapping
from typing import Any

from flask import Response, abort, jsonify, render_template, request

from common.text import Text, nfc
from common.web import language
from designer.rule_editing.marks import Mark, marks
from designer.rule_facts import RuleCard
from designer.views.blueprint import designer, keepers
from designer.views.rule_reading import cards_of, choices_of, found_in, rules_opened
from procedure_library.compiled import read_rules
from rules_dsl.reporting import finding_json

# Nobody types more; a longer file is saved and checked on the page itself.
LONGEST_TYPED = 100_000
# Sent along with answers to a form, none of whose questions has a hyphen in its key.
TYPED = "typed-rules"


@designer.post("/drafts/<int:number>/rules/findings")
@keepers
def rule_findings(number: int) -> Response:
    """Everything that is wrong, in the shape of docs/formats/findings.schema.json, each with its stretch of the
    text, a fix where there is one, and the address where it is mended when that is elsewhere."""
    file, typed = rules_opened(number), typed_briefly()
    parsed, found = read_rules(typed), found_in(file, typed)
    places = tuple(place for told in found for place in told.places)
    findings = tuple(place.finding for place in places)
    cards, choices = cards_of(file, parsed), choices_of(file, typed)
    return jsonify(
        findings=[finding_json(finding, language()) for finding in findings],
        marks=[_mark(mark) for mark in marks(findings, typed, parsed.rules.language)],
        places=[place.address for place in places],
        language=parsed.rules.language,
        names=[_name(card, choices.get(card.name, {})) for card in cards],
        cards=render_template("designer/_rule_cards.html", cards=cards, draft=file.draft),
    )


def asks_json() -> bool:
    """Whether the editor's script asks, or another machine."""
    return request.accept_mimetypes.best == "application/json"


def typed_rules() -> str:
    """What the page's form, its editor or a panel beside it sent, in the spelling of letters that is kept."""
    return nfc(request.form.get(TYPED, request.form.get("content", ""))).replace("\r\n", "\n")


def typed_briefly() -> str:
    """The same for an answer that is asked again and again: 413 when it is too long for that."""
    typed = typed_rules()
    return abort(413) if len(typed) > LONGEST_TYPED else typed


def _mark(mark: Mark | None) -> dict[str, Any] | None:
    return {"length": mark.length, "instead": mark.instead} if mark else None


def _name(card: RuleCard, values: Mapping[str, Text]) -> dict[str, Any]:
    """`values` are what a choice may come to, offered behind "is"."""
    offered = [{"value": value, "label": word.in_(language())} for value, word in values.items()]
    return {"name": card.name, "kind": card.kind, "title": card.title.in_(language()), "values": offered}
