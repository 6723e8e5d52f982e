"""Proofs of the rules that are being written: a verdict for every question, and cases that open as filled-in forms."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import Any

from flask import Response, abort, jsonify, make_response, render_template, url_for

from common.clock import local_date
from common.messages import Message, message_of, word
from common.text import Text
from common.web import language, now, session, wants_fragment
from designer.rule_editing.marks import Mark, marks
from designer.rule_editing.proving import Proved, can_be_proved, proved
from designer.rule_editing.written import Written, written
from designer.supposed import Case
from designer.views.blueprint import designer, keepers
from designer.views.rule_editing import asks_json, typed_briefly
from designer.views.rule_pages import shown
from designer.views.rule_reading import files_with, rules_opened
from designer.views.saving import Open
from procedure_library.canonical import readable
from procedure_library.checks.rule_proofs import TOTAL_SECONDS
from procedure_library.package import RULES
from procedure_library.reference import calendar_for
from rules_dsl.nodes import Always, RuleFile
from rules_dsl.prover.findings import findings_of
from rules_dsl.prover.proof import Verdict
from rules_dsl.reporting import finding_json

# What a web server can spare: one of its threads at a time. A second person waits until the first is answered.
PATIENCE_SECONDS = 2 * TOTAL_SECONDS
_proving = BoundedSemaphore(1)


@dataclass(frozen=True, slots=True)
class Told:
    """A verdict that is not plain sailing. `mark` is its stretch of the text, `cases` one, or two to compare."""

    verdict: Verdict
    said: Message
    line: int
    column: int
    mark: Mark | None
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Proofs:
    """What came of one rule: the questions that were proved, in words, and all that was not. A claim has no name."""

    name: str
    title: Text
    line: int
    proved: tuple[str, ...]
    told: tuple[Told, ...]

    @property
    def verdict(self) -> Verdict:
        verdicts = [each.verdict for each in self.told]
        return "refuted" if "refuted" in verdicts else "not_decided" if verdicts else "proved"


@designer.post("/drafts/<int:number>/rules/proofs")
@keepers
def prove_rules(number: int) -> Response:
    """The verdicts as a fragment, within the page, or as JSON (the proofs, and the findings they come down to)."""
    file, typed = rules_opened(number), typed_briefly()
    subject = written(files_with(file, typed))
    if not isinstance(subject, Written) or not can_be_proved(subject.definition):
        return _answered(file, typed, (), is_blocked=True)
    found = _within_bounds(subject)
    if asks_json():
        return _as_json(found)
    rules = subject.explaining.rules
    return _answered(file, typed, tuple(_by_rule(found, rules, typed, number)))


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """One thread proves; who waits too long is told to come again."""
    if not _proving.acquire(timeout=PATIENCE_SECONDS):
        abort(503)
    try:
        yield
    finally:
        _proving.release()


def _within_bounds(subject: Written) -> tuple[Proved, ...]:
    with one_at_a_time():
        return proved(subject.definition, calendar_for(session(), local_date(now())))


def _answered(file: Open, typed: str, proofs: tuple[Proofs, ...], *, is_blocked: bool = False) -> Response:
    if wants_fragment():
        fragment = render_template(
            "designer/_rule_proofs.html",
            draft=file.draft,
            proved_text=typed,
            proofs=proofs,
            blocked=is_blocked,
        )
        return make_response(fragment)
    return shown(file, typed, checked=True, proved_text=typed, proofs=proofs, blocked=is_blocked)


def _as_json(found: tuple[Proved, ...]) -> Response:
    findings = findings_of((each.proof for each in found), RULES)
    return jsonify(
        proofs=[
            {**each.proof.to_json(), "case_type": each.case_type, "moment": each.moment} for each in found
        ],
        findings=[finding_json(finding, language()) for finding in findings],
    )


def _by_rule(found: tuple[Proved, ...], rules: RuleFile, typed: str, number: int) -> Iterator[Proofs]:
    for rule in rules.rules:
        line = rule.place.line
        is_claim = isinstance(rule, Always)
        own = [
            each
            for each in found
            if each.proof.rule == rule.name and (not is_claim or each.proof.place.line == line)
        ]
        if own:
            good = (word(f"@rules.question.{each.proof.question}", language()) or "" for each in _good(own))
            told = tuple(_told(each, rules, typed, number) for each in own if each.proof.verdict != "proved")
            yield Proofs(rule.name, rule.title, line, tuple(dict.fromkeys(good)), told)


def _good(own: list[Proved]) -> list[Proved]:
    """What was proved of a question that nothing else was said of."""
    bad = {each.proof.question for each in own if each.proof.verdict != "proved"}
    return [each for each in own if each.proof.question not in bad]


def _told(each: Proved, rules: RuleFile, typed: str, number: int) -> Told:
    (finding,) = findings_of((each.proof,), RULES)
    (mark,) = marks((finding,), typed, rules.language)
    place = each.proof.place
    return Told(
        each.proof.verdict,
        message_of(finding, language()),
        place.line,
        place.column,
        mark,
        tuple(_cases(each, number)),
    )


def _cases(each: Proved, number: int) -> Iterator[Case]:
    case = each.proof.counter_example
    if case is None:
        return
    body = case.to_json()
    address = url_for("designer.try_example", number=number, case=each.case_type)
    shared: Mapping[str, Any] = {"parameters": body["parameters"], "rates": body["rates"]}
    about = {"rule": each.proof.rule, "moment": each.moment}
    for facts in (body["facts"], body["after"]):
        if facts is not None:
            yield Case(address, readable({"facts": facts, **shared, **about}))
