"""What each form prints besides its head, as plain JSON. One function a kind; no layout here."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from common.clock import local_date
from common.money import Money, totals
from form_builder.numerals import write_number
from rules_dsl.evaluation import PublishedRate
from rules_dsl.nodes import AnyRule
from runtime.converting import laws_of, rates_of
from runtime.engine.effects import IssueLetter, LetterKind
from runtime.happening import Happening
from runtime.letters import phrases
from runtime.letters.heads import head, look_up_of
from runtime.letters.in_words import in_words
from runtime.letters.papers import papers_named
from runtime.linking.reading import ToldPart, parts_of
from runtime.models.dossiers import Dossier
from runtime.office import office_of
from runtime.payments import payment_of, receipts_of
from runtime.refunded import refund_of

Data = dict[str, Any]


def data_of(session: Session, happening: Happening, effect: IssueLetter, number: str, language: str) -> Data:
    """Everything that the form prints, in the language."""
    if effect.kind == "payment_receipt":
        own = _payment_receipt(session, happening, effect.key, language)
    elif effect.kind == "refund_voucher":
        own = _refund_voucher(session, happening, effect.key, language)
    else:
        own = _OWN[effect.kind](session, happening, language)
    return {**head(session, happening, effect.kind, number, language), **own}


def look_up_address(session: Session, happening: Happening) -> str:
    """Where the QR code leads: the look-up page with the number filled in."""
    return look_up_of(session, happening.dossier)


def _filing_confirmation(session: Session, happening: Happening, language: str) -> Data:
    return {
        "look_up": _look_up(session, language),
        "submitted_at": phrases.instant(happening.state.submitted_at, language),
        "papers": _papers(happening, language),
    }


def _reception_slip(session: Session, happening: Happening, language: str) -> Data:
    state, definition = happening.state, happening.context.compiled.definition
    return {
        "look_up": _look_up(session, language),
        "papers": _papers(happening, language),
        "sets": definition.dossier_sets,
        "term": phrases.term(state.allowance, language),
        "received_at": phrases.instant(state.received_at, language),
        "appointment": _appointment(happening, language),
        "register": (happening.dossier.code or "").rpartition("-")[2],
        "amounts": (lines := _amounts(happening, language)),
        "total": _total(happening, language) if lines else "",
        "parts": _parts(session, happening, language),
    }


def _parts(session: Session, happening: Happening, language: str) -> list[Data]:
    """The linked parts, each with the unit that opens it and its date, or how long it takes once it begins."""
    compiled, state = happening.context.compiled, happening.state
    dossier = session.get_one(Dossier, happening.dossier.id)
    return [
        {"name": part.step.in_(language), "unit": part.unit.in_(language), "by": _by(part, language)}
        for part in parts_of(session, dossier, compiled, state, happening.at)
    ]


def _by(part: ToldPart, language: str) -> str:
    if part.dossier is not None and part.dossier.appointment_at is not None:
        return phrases.day(local_date(part.dossier.appointment_at), language)
    if part.budget is None or part.returns == "agency":
        # How long we wait is not how long it takes there.
        return phrases.phrase("part_dated_later", language)
    return phrases.phrase(f"within_{part.budget.unit}", language, amount=part.budget.amount)


def _supplement_request(session: Session, happening: Happening, language: str) -> Data:
    answer_by = happening.state.answer_by
    return {
        "reason": happening.said.reason,
        "answer_by": phrases.day(local_date(answer_by), language) if answer_by else "",
        "clock": phrases.words("supplement_request", language)[_clock_word(happening)],
    }


def _clock_word(happening: Happening) -> str:
    """What the request does to the term (D8), as the rule of the case type says."""
    if happening.state.received_at is None:
        return "clock_not_started"
    allowance = happening.state.allowance
    effect = allowance.supplement if allowance else "pause"
    return {"restart": "clock_restarts", "pause": "clock_stopped", "continue": "clock_runs"}[effect]


def _refusal_slip(session: Session, happening: Happening, language: str) -> Data:
    basis = happening.context.compiled.definition.legal_basis
    return {
        "reason": happening.said.reason,
        "legal_basis": [f"{c.number}: {c.title.in_(language)}" for c in basis],
    }


def _apology(session: Session, happening: Happening, language: str) -> Data:
    # The dossier still shows the old appointment's projection in its due date; the record has the new one.
    due = happening.state.due
    return {
        "reason": happening.said.reason,
        "received_at": phrases.instant(happening.state.received_at, language),
        "old_appointment": phrases.day(due.on, language) if due else "",
        "appointment": _appointment(happening, language),
    }


def _stop_notice(session: Session, happening: Happening, language: str) -> Data:
    return {
        "reason": happening.said.reason or _limit_passed(happening, language),
        "received_at": phrases.instant(happening.state.received_at, language),
    }


def _limit_passed(happening: Happening, language: str) -> str:
    """Why the machine stopped it: the limit of a step has passed, and the law says that it ends then."""
    limit = happening.record.limit
    if limit is None:
        return ""
    step = happening.context.compiled.step(limit.step).name.in_(language)
    return phrases.phrase("limit_passed", language, step=step, at=phrases.instant(limit.at, language))


def _payment_receipt(session: Session, happening: Happening, currency: str, language: str) -> Data:
    payment = payment_of(session, happening, currency)
    total = Money(payment.amount, currency)
    return {
        "amounts": _amounts(happening, language, paid_now_in=currency),
        "total": phrases.money(total),
        "in_words": in_words(total, language),
        "method": phrases.words("method", language)[payment.method],
        "paid_at": phrases.instant(payment.paid_at, language),
    }


def _refund_voucher(session: Session, happening: Happening, currency: str, language: str) -> Data:
    """What goes back, why, and the receipts of what had been taken in that currency."""
    refund = refund_of(session, happening, currency)
    return {
        "ground": phrases.words("ground", language)[refund.ground],
        "reason": happening.said.reason,
        "receipts": ", ".join(receipts_of(session, happening, currency)),
        "total": phrases.money(refund.money),
        "in_words": in_words(refund.money, language),
        "method": phrases.words("method", language)[refund.method],
        "given_at": phrases.instant(refund.paid_at, language),
    }


def _look_up(session: Session, language: str) -> str:
    address = office_of(session).address.partition("://")[2]
    return phrases.phrase("look_up", language, address=f"{address}/look-up")


def _appointment(happening: Happening, language: str) -> str:
    state = happening.state
    if state.appointment is not None:
        return phrases.promised(state.appointment, language)
    if state.awaits_start:
        return phrases.phrase("date_follows_start", language)
    return phrases.phrase("date_follows" if state.allowance else "at_once", language)


def _papers(happening: Happening, language: str) -> list[Data]:
    return papers_named(happening.context.compiled, happening.state.papers, language)


def _amounts(happening: Happening, language: str, *, paid_now_in: str = "") -> list[Data]:
    """What the dossier owes by each rule; of one currency, and only what was paid by this act, when it is named."""
    file = happening.context.compiled.rules
    rules = {rule.name: rule for rule in file.rules}
    paid_now = happening.record.paid.rules if happening.record.paid else ()
    return [
        {
            "name": rules[line.rule].title.in_(language) or line.rule,
            "amount": phrases.money(line.amount),
            "rates": [_rate(rules[name], *rate, language) for name, *rate in rates_of(happening, line.rule)],
            "cites": list(laws_of(file, line.rule, {name for name, *_ in rates_of(happening, line.rule)})),
        }
        for line in happening.state.owed
        if not paid_now_in or (line.rule in paid_now and line.amount.currency == paid_now_in)
    ]


def _rate(rule: AnyRule, on: date, rate: PublishedRate, language: str) -> str:
    """ "Tỷ giá mua USD ngày 29/04/2026: 26.110 (Vietcombank)"."""
    return phrases.phrase(
        "rate",
        language,
        title=rule.title.in_(language) or rule.name,
        day=f"{on:%d/%m/%Y}",
        value=write_number(rate.value, "vi"),
        source="; ".join(rate.cites),
    )


def _total(happening: Happening, language: str) -> str:
    sums = [
        phrases.money(each) for each in totals(line.amount for line in happening.state.owed) if each.minor
    ]
    return "; ".join(sums) or phrases.phrase("free", language)


_OWN: Mapping[LetterKind, Callable[[Session, Happening, str], Data]] = {
    "filing_confirmation": _filing_confirmation,
    "reception_slip": _reception_slip,
    "supplement_request": _supplement_request,
    "refusal_slip": _refusal_slip,
    "apology": _apology,
    "stop_notice": _stop_notice,
}
