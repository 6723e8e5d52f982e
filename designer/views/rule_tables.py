"""A table of the rules as a file for a spreadsheet: taken out, brought back, looked at before it is taken."""

import re
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from flask import Response, abort, request, send_file, url_for
from flask_babel import gettext as _

from common.web import language
from designer.views.blueprint import designer, keepers, writers
from designer.views.rule_reading import facts_for, rules_opened
from designer.views.saving import Clash, Open, done, found, page
from procedure_library.compiled import read_rules
from rules_dsl.fact_types import Scope
from rules_dsl.formatter import format_rules
from rules_dsl.nodes import RuleFile, Table
from rules_dsl.parser import parse
from rules_dsl.spreadsheets.changes import changes, is_reordered
from rules_dsl.spreadsheets.exchange import Brought, brought_back, tables_of, taken_out
from rules_dsl.spreadsheets.files import FORMATS
from rules_dsl.spreadsheets.replacing import with_table
from rules_dsl.spreadsheets.sheet import HEAVIEST_FILE, CellValue, Share
from rules_dsl.spreadsheets.writing import sheet_of
from rules_dsl.wording import Wording


@dataclass(frozen=True, slots=True)
class Subject:
    """A table among the rules of a draft as they are saved."""

    file: Open
    rules: RuleFile
    table: Table
    scope: Scope


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as a reader of the page sees it. `meaning`: the answers in it as applicants read them, "" for none."""

    text: str
    meaning: str

    @classmethod
    def of(cls, subject: Subject, column: int, value: CellValue) -> "Cell":
        if value is None:
            return cls("", "")
        wording = Wording(language())
        if isinstance(value, Share):
            return cls(f"{wording.number(value.value)}%", "")
        return cls(wording.value(value), _meaning(subject, column, value))  # type: ignore[arg-type]


@designer.get("/drafts/<int:number>/rules/tables/<name>")
@keepers
def rule_table(number: int, name: str) -> Response:
    return _shown(_subject(number, name))


@designer.get("/drafts/<int:number>/rules/tables/<name>/<file_name>")
@keepers
def rule_table_file(number: int, name: str, file_name: str) -> Response:
    """The table as a file called after it."""
    ending = file_name.removeprefix(name)
    if ending not in FORMATS:
        abort(404)
    subject = _subject(number, name)
    content = taken_out(subject.table, ending, subject.rules, subject.scope)
    return send_file(BytesIO(content), FORMATS[ending].media, as_attachment=True, download_name=file_name)


@designer.post("/drafts/<int:number>/rules/tables/<name>/sheets")
@writers
def bring_rule_table(number: int, name: str) -> Response:
    """What an uploaded sheet would change, or all that is wrong with it by cell. Nothing is saved."""
    subject, sent = _subject(number, name), request.files.get("sheet")
    if sent is None or not sent.filename:
        return _shown(subject, nothing_sent=True, status=422)
    content = sent.stream.read(HEAVIEST_FILE + 1)
    brought = brought_back(content, sent.filename, subject.table, subject.rules, subject.scope)
    return _previewed(subject, brought, sent.filename)


@designer.post("/drafts/<int:number>/rules/tables/<name>")
@writers
def take_rule_table(number: int, name: str) -> Response:
    """Puts the table that was looked at into the rules; everything around it stays as it is written."""
    subject = _subject(number, name)
    new = tables_of(parse(request.form.get("table", "")).rules).get(name)
    if new is None or new.keys != subject.table.keys:
        abort(400)
    saved = subject.file.save(with_table(subject.file.content, new, subject.rules.language))
    if isinstance(saved, Clash):
        return _previewed(subject, Brought(new, ()), "", clash=saved)
    address = url_for("designer.rule_table", number=number, name=name)
    return done(saved, address, _("Đã đưa bảng mới vào quy tắc."))


def _subject(number: int, name: str) -> Subject:
    file = rules_opened(number)
    rules = read_rules(file.content).rules
    return Subject(file, rules, found(tables_of(rules).get(name)), Scope(facts_for(file)))


def _meaning(subject: Subject, column: int, value: CellValue) -> str:
    keys = subject.table.keys
    fact = subject.scope.facts.get(keys[column].path) if column < len(keys) else None
    if fact is None or not isinstance(value, str):
        return ""
    labels = (fact.labels.get(word) for word in re.findall(r"\w+", value))
    return ", ".join(label.in_(language()) for label in labels if label)


def _previewed(subject: Subject, brought: Brought, file_name: str, **more: Any) -> Response:
    new = brought.table
    return _shown(
        subject,
        brought=brought,
        file_name=file_name,
        changes=changes(subject.table, new, subject.rules.language) if new else (),
        reordered=new is not None and is_reordered(subject.table, new),
        text=_text(new, subject.rules) if new else "",
        status=200 if brought.is_sound else 422,
        **more,
    )


def _text(table: Table, rules: RuleFile) -> str:
    """A rule file with this table alone: what is sent back when it is taken."""
    return format_rules(RuleFile(rules.language, (table,)))


def _shown(subject: Subject, **more: Any) -> Response:
    head, *rows = sheet_of(subject.table, subject.rules.language, subject.scope.facts).rows
    # What no row says has its column in the file, for whoever wants to say it.
    said = [at for at in range(len(head)) if at <= len(subject.table.keys) or any(row[at] for row in rows)]
    return page(
        "designer/rule_table.html",
        subject.file,
        table=subject.table,
        head=[head[at] for at in said],
        rows=[[Cell.of(subject, at, row[at]) for at in said] for row in rows],
        **more,
    )
