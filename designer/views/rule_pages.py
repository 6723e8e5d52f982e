"""The rules of a draft: the file in a text area, checked and laid out on demand, with what it may read."""

from typing import Any, cast

from flask import Response, request, url_for
from flask_babel import gettext as _

from common.clock import local_date
from common.problems import Finding
from common.text import nfc
from common.web import language, now, session
from designer.drafts import files_of
from designer.form_text import form_in
from designer.reading import definition_of_draft, findings
from designer.rule_facts import cards, facts_of
from designer.views.blueprint import designer, keepers, writers
from designer.views.places import Linked, linked
from designer.views.saving import Clash, Open, done, opened, page
from procedure_library.compiled import read_rules
from procedure_library.definition import Definition
from procedure_library.package import RULES
from procedure_library.reference import calendar_for
from rules_dsl.formatter import format_rules
from rules_dsl.nodes import Language

# The numbers beside the text go on below its end: lines that are still being written have theirs.
LINES_AHEAD = 200


@designer.get("/drafts/<int:number>/rules")
@keepers
def draft_rules(number: int) -> Response:
    file = opened(number, RULES)
    return _shown(file, file.content)


@designer.post("/drafts/<int:number>/rules")
@writers
def save_rules(number: int) -> Response:
    """Saves what was typed, right or wrong: a mistake is shown, and blocks publishing, not writing."""
    file, typed = opened(number, RULES), _typed()
    saved = file.save(typed)
    if isinstance(saved, Clash):
        return _shown(file, typed, clash=saved)
    wrong = any(place.finding.severity == "error" for place in _found(file, typed))
    words = _("Đã lưu. Còn lỗi cần sửa trước khi công bố.") if wrong else _("Đã lưu. Không có lỗi.")
    return done(saved, url_for("designer.draft_rules", number=number), words)


@designer.post("/drafts/<int:number>/rules/check")
@keepers
def check_rules(number: int) -> Response:
    """Says what is wrong with what was typed; nothing is saved."""
    file, typed = opened(number, RULES), _typed()
    return _shown(file, typed, checked=True)


@designer.post("/drafts/<int:number>/rules/layout")
@keepers
def lay_out_rules(number: int) -> Response:
    """Puts what was typed into its canonical layout; nothing is saved. With mistakes it stays as it is."""
    file, typed = opened(number, RULES), _typed()
    parsed = read_rules(typed)
    wrong = any(finding.severity == "error" for finding in parsed.findings)
    return _shown(file, typed if wrong else format_rules(parsed.rules), checked=True)


def _typed() -> str:
    return nfc(request.form.get("content", "")).replace("\r\n", "\n")


def _shown(file: Open, typed: str, *, checked: bool = False, clash: Clash | None = None) -> Response:
    parsed = read_rules(typed)
    spoken = cast(Language, "en" if language() == "en" else "vi")
    facts = _facts(file)
    # A form sent along keeps the revision it knew: only then does saving notice what others did meanwhile.
    more: dict[str, Any] = {"revision": request.form["revision"]} if checked else {}
    return page(
        "designer/rules.html",
        file,
        content=typed,
        clash=clash,
        found=_found(file, typed),
        checked=checked,
        lines=range(1, typed.count("\n") + LINES_AHEAD),
        facts=facts,
        cards=tuple(cards(parsed.rules, spoken, facts)),
        **more,
    )


def _found(file: Open, typed: str) -> Linked:
    """What is wrong with the draft if its rules were these: mistakes in the text first, else everything."""
    files = {**files_of(session(), file.draft), RULES: typed}
    calendar = calendar_for(session(), local_date(now()))
    found: tuple[Finding, ...] = read_rules(typed).findings or findings(files, calendar)
    return linked(file.draft.id, found, definition_of_draft(files))


def _facts(file: Open) -> Any:
    files = files_of(session(), file.draft)
    definition = definition_of_draft(files)
    cases = tuple(kind.key for kind in definition.case_types) if isinstance(definition, Definition) else ()
    return facts_of(form_in(files.get("form.schema.json", "")) or {}, cases)
