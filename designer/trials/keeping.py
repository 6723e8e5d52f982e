"""Trials begun, gone on with, taken back by one act, forgotten. Each change knows the revision its writer saw."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from common.audit import record
from common.clock import ZONE
from common.db import locked
from common.identity.actor import Actor
from common.problems import Problem, Refusal
from designer.models import Draft
from designer.trials.models import Trial
from procedure_library.checks import check
from procedure_library.codec import decode, digest, encode
from procedure_library.compiled import Compiled, keep, known
from procedure_library.course import WAIT, CourseAct
from procedure_library.definition import Channel, Definition
from procedure_library.playing import Played, Player, Supposed
from procedure_library.reference import calendar_for
from procedure_library.retelling import Retold
from procedure_library.structure import plain, read

KEPT_FOR = timedelta(days=30)
# What a page plays again at every look.
MOST_ACTS = 200
# What is wrong there hinders nobody from playing: words, proofs, budgets, what other procedures ask.
NOT_NEEDED = ("wording", "examples", "proofs", "budgets", "neighbours")


@dataclass(frozen=True, slots=True)
class Beginning:
    """What is supposed at the beginning: `parameters` are local amounts and rates, as examples write them; `acts` are
    those that a real dossier has seen."""

    case_type: str
    channel: Channel
    starts_at: datetime
    parameters: Mapping[str, Any]
    area: str = ""
    acts: tuple[CourseAct, ...] = ()

    @classmethod
    def of(cls, retold: Retold) -> "Beginning":
        given = retold.supposed
        starts_at = datetime.fromisoformat(retold.acts[0].at)
        return cls(given.case_type, given.channel, starts_at, given.parameters, given.area, retold.acts)


def hindrances(definition: Definition) -> tuple[Any, ...]:
    """The findings for which it cannot be played."""
    found = check(definition, without=NOT_NEEDED)
    return tuple(finding for finding in found if finding.severity == "error")


def begin(
    session: Session,
    draft: Draft,
    definition: Definition,
    beginning: Beginning,
    *,
    key: str,
    by: Actor,
    at: datetime,
) -> Trial:
    """The trial; the very form that asks twice gets the one that it began."""
    assert by.account_id is not None, "a person tries"
    trial = Trial(
        draft_id=draft.id,
        key=key,
        digest=digest(definition),
        definition=zlib.compress(encode(definition)),
        case_type=beginning.case_type,
        channel=beginning.channel,
        area=beginning.area,
        parameters=dict(beginning.parameters),
        acts=plain(beginning.acts),
        revision=1,
        starts_at=beginning.starts_at,
        created_at=at,
        changed_at=at,
        account_id=by.account_id,
        created_by=by.name,
    )
    try:
        with session.begin_nested():
            session.add(trial)
    except IntegrityError:
        question = select(Trial).where(Trial.key == key, Trial.draft_id == draft.id)
        return session.scalars(question).one()
    _recorded(session, "trial.begun", trial, by, at)
    return trial


def trials_of(session: Session, draft: Draft) -> Sequence[Trial]:
    """Those that are kept, the latest first."""
    question = select(Trial).where(Trial.draft_id == draft.id).order_by(Trial.id.desc())
    return session.scalars(question).all()


def tried(trial: Trial) -> Compiled:
    """The definition as it stood when the trial began, or was played anew, ready to run."""
    return known(trial.digest) or keep(trial.digest, decode(zlib.decompress(trial.definition)))


def acts_of(trial: Trial) -> tuple[CourseAct, ...]:
    found = read(tuple[CourseAct, ...], trial.acts, "", _damaged)
    return cast(tuple[CourseAct, ...], found)


def played(session: Session, trial: Trial, player: Player, acts: Sequence[CourseAct] | None = None) -> Played:
    """What the trial has come to; `acts` instead of its own."""
    return player(
        tried(trial),
        supposed_of(session, trial),
        acts_of(trial) if acts is None else acts,
        at=trial.starts_at.astimezone(ZONE),
    )


def supposed_of(session: Session, trial: Trial) -> Supposed:
    calendar = calendar_for(session, trial.starts_at.astimezone(ZONE).date())
    channel = cast(Channel, trial.channel)
    return Supposed(trial.case_type, channel, calendar, trial.parameters, trial.area)


def go_on(
    session: Session, trial: Trial, act: CourseAct, player: Player, *, revision: int, at: datetime
) -> Played | Refusal | tuple[Problem, ...]:
    """One act more, when it can be done; else why not, and nothing is kept."""
    if refusal := _stale(session, trial, revision):
        return refusal
    if len(trial.acts) >= MOST_ACTS:
        return Refusal("trials.too_many_acts", {"most": MOST_ACTS})
    result = played(session, trial, player, (*acts_of(trial), act))
    if result.halted is not None:
        return result.halted.because
    _write(trial, [*trial.acts, plain(act)], at)
    return result


def waiting_until(at: datetime) -> CourseAct:
    """Nobody does anything until then; what falls due on the way happens."""
    return CourseAct(WAIT, "machine", at.astimezone(ZONE).isoformat())


def undo(session: Session, trial: Trial, *, revision: int, at: datetime) -> Refusal | None:
    """The last act is taken back, and all that came of it."""
    if refusal := _stale(session, trial, revision):
        return refusal
    if not trial.acts:
        return Refusal("trials.nothing_to_undo")
    _write(trial, trial.acts[:-1], at)
    return None


def cut(session: Session, trial: Trial, player: Player, *, at: datetime) -> Played:
    """Drops the acts of a new trial that cannot be done, and says which was the first."""
    result = played(session, trial, player)
    if result.halted is not None:
        _write(trial, trial.acts[: result.halted.place], at)
    return result


def play_anew(
    session: Session, trial: Trial, definition: Definition, player: Player, *, revision: int, at: datetime
) -> Played | Refusal:
    """The same acts with the definition as it is now, as far as they go; the rest is dropped."""
    if refusal := _stale(session, trial, revision):
        return refusal
    trial.digest, trial.definition = digest(definition), zlib.compress(encode(definition))
    result = played(session, trial, player)
    done = trial.acts if result.halted is None else trial.acts[: result.halted.place]
    _write(trial, list(done), at)
    return result


def remove(session: Session, trial: Trial, *, by: Actor, at: datetime) -> None:
    _recorded(session, "trial.removed", trial, by, at)
    session.delete(trial)
    session.flush()


def forget(session: Session, *, at: datetime) -> None:
    """Trials with which nobody has gone on for thirty days."""
    session.execute(delete(Trial).where(Trial.changed_at < at - KEPT_FOR))


def _recorded(session: Session, act: str, trial: Trial, by: Actor, at: datetime) -> None:
    """Beginning and removing are acts on the draft; what is played in between is no act of anybody."""
    session.flush()
    record(session, act, by=by, at=at, kind="draft", key=str(trial.draft_id), trial=trial.id)


def _stale(session: Session, trial: Trial, revision: int) -> Refusal | None:
    """Why a page that knew another revision changes nothing: a second click, or somebody else at the same trial."""
    session.flush()
    locked(session, trial)
    return None if trial.revision == revision else Refusal("trials.gone_on_meanwhile")


def _write(trial: Trial, acts: list[Any], at: datetime) -> None:
    trial.acts, trial.revision, trial.changed_at = acts, trial.revision + 1, at


def _damaged(finding: Any) -> None:
    raise ValueError(f"a trial's acts cannot be read: {finding.code} at {finding.where}")
