"""The rules of a draft: the file in a text area or its editor, checked and laid out on demand, saved."""

from typing import Any, cast

from flask import Response, jsonify, request, url_for
from flask_babel import gettext as _

from common.web import language
from designer.rule_editing.snippets import snippets
from designer.rule_editing.words import words_of
from designer.views.blueprint import designer, keepers, writers
from designer.views.rule_editing import asks_json, typed_rules
from designer.views.rule_reading import cards_of, facts_for, found_in, rules_opened
from designer.views.saving import Clash, Open, done, page, saved_json
from procedure_library.compiled import read_rules
from rules_dsl.formatter import format_rules
from rules_dsl.nodes import Language
from rules_dsl.parser import LANGUAGES, Parsed
from rules_dsl.wording import Wording

# The numbers beside the text go on below its end: lines that are still being written have theirs.
LINES_AHEAD = 200


@designer.get("/drafts/<int:number>/rules")
@keepers
def draft_rules(number: int) -> Response:
    file = rules_opened(number)
    return shown(file, file.content)


@designer.post("/drafts/<int:number>/rules")
@writers
def save_rules(number: int) -> Response:
    """Saves what was typed, right or wrong: a mistake is shown, and blocks publishing, not writing."""
    file, typed = rules_opened(number), typed_rules()
    saved = file.save(typed)
    if asks_json():
        return saved_json(saved, file.draft)
    if isinstance(saved, Clash):
        return shown(file, typed, clash=saved)
    wrong = any(told.finding.severity == "error" for told in found_in(file, typed))
    words = _("Đã lưu. Còn lỗi cần sửa trước khi công bố.") if wrong else _("Đã lưu. Không có lỗi.")
    return done(saved, url_for("designer.draft_rules", number=number), words)


@designer.post("/drafts/<int:number>/rules/check")
@keepers
def check_rules(number: int) -> Response:
    """Says what is wrong with what was typed; nothing is saved."""
    return shown(rules_opened(number), typed_rules(), checked=True)


@designer.post("/drafts/<int:number>/rules/layout")
@keepers
def lay_out_rules(number: int) -> Response:
    """Puts what was typed into its canonical layout, with `language` in that spelling; nothing is saved.

    With mistakes it stays as it is: what could not be read would be lost.
    """
    file, typed = rules_opened(number), typed_rules()
    parsed = read_rules(typed)
    wrong = any(finding.severity == "error" for finding in parsed.findings)
    text = typed if wrong else format_rules(parsed.rules, _spelling())
    if asks_json():
        return jsonify(text=text, done=not wrong)
    return shown(file, text, checked=True)


def _spelling() -> Language | None:
    asked = request.form.get("language", "")
    return cast(Language, asked) if asked in LANGUAGES else None


def shown(
    file: Open, typed: str, *, checked: bool = False, clash: Clash | None = None, **more: Any
) -> Response:
    """The page with what was typed. `checked`: it is not saved."""
    parsed = read_rules(typed)
    # A form sent along keeps the revision it knew: only then does saving notice what others did meanwhile.
    known = {"revision": request.form["revision"]} if checked and "revision" in request.form else {}
    return page(
        "designer/rules.html",
        file,
        content=typed,
        clash=clash,
        found=found_in(file, typed),
        checked=checked,
        lines=range(1, typed.count("\n") + LINES_AHEAD),
        other=_other(parsed),
        facts=facts_for(file),
        wording=Wording(language()),
        cards=cards_of(file, parsed),
        languages={each: words_of(each) for each in LANGUAGES},
        snippets={each: _snippets(each) for each in LANGUAGES},
        **known,
        **more,
    )


def _other(parsed: Parsed) -> Language:
    """The spelling that the file does not have."""
    return "vi" if parsed.rules.language == "en" else "en"


def _snippets(spelling: Language) -> list[dict[str, str]]:
    return [{"label": each.label.in_(language()), "template": each.template} for each in snippets(spelling)]
