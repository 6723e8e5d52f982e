"""What the outside has to do because of a record: rows, letters and notices. Pure descriptions."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Literal

from msgspec import Struct

from procedure_library.definition import Step
from procedure_library.guidance import Occasion
from rules_dsl.evaluation import Evaluation
from runtime.engine.context import Context
from runtime.engine.link_effects import CollectResult, DropChild, OpenChild, TellCaller, linked
from runtime.engine.machine_events import Transferred
from runtime.engine.news import news_of
from runtime.engine.record import Closed, Judged, Paid, Record
from runtime.engine.state import Decided, Limit, OpenTask, Owed, Refunded, Run, State
from runtime.engine.status import Act

LetterKind = Literal[
    "filing_confirmation",
    "reception_slip",
    "supplement_request",
    "refusal_slip",
    "apology",
    "stop_notice",
    "payment_receipt",
    "refund_voucher",
    "result",
    "own",
]


class OpenTaskRow(Struct, frozen=True):
    """A new task."""

    task: OpenTask


class ClaimTaskRow(Struct, frozen=True):
    """An open task claimed, or released."""

    task: OpenTask


class MarkTaskRow(Struct, frozen=True):
    """An open task of which the lists tell something else than before: who gave it, whether it was put up."""

    task: OpenTask


class LimitTaskRow(Struct, frozen=True):
    """An open task whose own limit is another one than before."""

    task: OpenTask


class CloseTaskRow(Struct, frozen=True):
    closed: Closed
    outcome: str


class MoveDeadline(Struct, frozen=True):
    """The deadline is another one (None: none to tell): tasks without a limit of their own follow."""

    due_at: datetime | None


class RecordEvaluations(Struct, frozen=True):
    """Rules that were read, with their traces."""

    evaluations: tuple[Evaluation, ...]


class RecordCharges(Struct, frozen=True):
    owed: tuple[Owed, ...]


class RecordPayment(Struct, frozen=True):
    """Money taken: a numbered payment receipt is due for each currency."""

    paid: Paid


class RecordRefund(Struct, frozen=True):
    """Money given back: a numbered voucher is due for each currency."""

    refunded: Refunded


class RecordDecision(Struct, frozen=True):
    decision: Decided


class IssueLetter(Struct, frozen=True):
    """An official form to print. `key` names the letter of the definition when `kind` is "result", or "own" (an
    official prints it at a task), and the currency of a payment receipt.
    """

    kind: LetterKind
    key: str = ""


class Notify(Struct, frozen=True):
    """The applicant is told, in her language. `news` names what happened."""

    news: str


class TellLeaders(Struct, frozen=True):
    """A limit has passed and nothing follows by itself: the leaders of the solving unit are told, once."""

    limit: Limit


class TellOfStep(Struct, frozen=True):
    """The step was entered, or its limit has passed, and the procedure has mails for that."""

    step: str
    when: Occasion
    limit: Limit | None = None


class TransferTasks(Struct, frozen=True):
    """Open tasks of these areas are another unit's now."""

    transferred: Transferred


class StartRun(Struct, frozen=True):
    """The machine tries an automatic step; not before `run.starts_at`."""

    run: Run


Effect = (
    OpenTaskRow
    | ClaimTaskRow
    | MarkTaskRow
    | LimitTaskRow
    | CloseTaskRow
    | MoveDeadline
    | RecordEvaluations
    | RecordCharges
    | RecordPayment
    | RecordRefund
    | RecordDecision
    | IssueLetter
    | Notify
    | TellLeaders
    | TellOfStep
    | TransferTasks
    | StartRun
    | OpenChild
    | DropChild
    | CollectResult
    | TellCaller
)

_LETTERS: Mapping[Act, LetterKind] = {
    "refuse": "refusal_slip",
    "return_for_completion": "supplement_request",
    "reappoint": "apology",
    "stop": "stop_notice",
}


def effects_of(context: Context, before: State, after: State, judged: Judged) -> tuple[Effect, ...]:
    """In the order in which the shell carries them out: papers after the rows they print."""
    record = judged.record
    return (
        *((OpenTaskRow if task.number > before.opened else ClaimTaskRow)(task) for task in record.tasks),
        *(MarkTaskRow(task) for task in record.tasks if _is_marked_anew(task, before)),
        *(LimitTaskRow(task) for task in record.tasks if _has_another_limit(task, before)),
        *(CloseTaskRow(closed, _outcome_of(closed, record)) for closed in record.closed),
        *((MoveDeadline(after.due.at if after.due else None),) if after.due != before.due else ()),
        *((RecordEvaluations(judged.evaluations),) if judged.evaluations else ()),
        *((RecordCharges(record.owed),) if record.owed else ()),
        *((RecordPayment(record.paid),) if record.paid else ()),
        *((RecordRefund(record.refunded),) if record.refunded else ()),
        *((RecordDecision(record.decision),) if record.decision else ()),
        *((TransferTasks(record.transferred),) if record.transferred else ()),
        *(IssueLetter(kind, key) for kind, key in _letters(context, before, after, record)),
        *(Notify(news) for news in news_of(before, after, record)),
        *(TellLeaders(limit) for limit in _unanswered(record)),
        *_of_steps(context, before, after, record),
        *(StartRun(run) for run in after.runs if run not in before.runs),
        *linked(context, before, after, record),
    )


def _is_marked_anew(task: OpenTask, before: State) -> bool:
    known = before.task(task.number)
    return known is not None and task.marks != known.marks


def _has_another_limit(task: OpenTask, before: State) -> bool:
    known = before.task(task.number)
    return known is not None and task.due_at != known.due_at


def _unanswered(record: Record) -> tuple[Limit, ...]:
    """The limit of a unit that was asked, where silence means nothing; of a child that has not ended."""
    limit = record.limit
    return (
        (limit,)
        if limit and (limit.task or record.children) and record.walk is None and record.opinion is None
        else ()
    )


# These put a dossier somewhere without its having come there.
_NOT_COMING: frozenset[Act] = frozenset({"move", "undo_move", "import"})


def _of_steps(context: Context, before: State, after: State, record: Record) -> Iterator[TellOfStep]:
    """Steps that were entered, or whose limit has passed, as far as they have mails for it."""
    steps, limit = context.compiled.graph.steps, record.limit
    if record.walk and record.act not in _NOT_COMING and after.marking:
        stood = before.marking.waiting if before.marking else ()
        for key in dict.fromkeys(after.marking.waiting):
            if (key not in stood or key == record.step) and _tells(steps[key], "entered"):
                yield TellOfStep(key, "entered")
    if limit and limit.step in steps and _tells(steps[limit.step], "overdue"):
        yield TellOfStep(limit.step, "overdue", limit)


def _tells(step: Step, when: Occasion) -> bool:
    return any(notice.when == when for notice in step.notices)


def _outcome_of(closed: Closed, record: Record) -> str:
    return (record.outcome or record.act) if closed.how == "done" else ""


def _letters(
    context: Context, before: State, after: State, record: Record
) -> tuple[tuple[LetterKind, str], ...]:
    letters: list[tuple[LetterKind, str]] = []
    if record.act == "submit" and context.channel != "counter" and after.caller is None:
        letters.append(("filing_confirmation", ""))
    if record.slip and not (after.caller and record.act == "accept"):
        letters.append(("reception_slip", ""))
    if kind := _LETTERS.get(record.act):
        letters.append((kind, ""))
    if record.act == "pass_limit" and record.ending == "stopped":
        letters.append(("stop_notice", ""))
    if after.supplements > before.supplements and record.act != "import":
        letters.append(("supplement_request", ""))
    if record.letter:
        letters.append(("own", record.letter))
    if record.paid:
        letters += [("payment_receipt", taken.currency) for taken in record.paid.sums]
    if record.refunded:
        letters += [("refund_voucher", back.currency) for back in record.refunded.sums]
    return (*letters, *_results(context, after, record))


def _results(context: Context, after: State, record: Record) -> tuple[tuple[LetterKind, str], ...]:
    """What an end prints: the definition's letters for it, or Mẫu 03 where it has none for a refusal."""
    if record.ending is None or record.walk is None:
        return ()
    own = [letter.key for letter in context.compiled.definition.letters if letter.ending == record.ending]
    if own or record.ending != "refused":
        return tuple(("result", key) for key in own)
    return (("refusal_slip", ""),)
