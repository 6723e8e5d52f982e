"""What happens to the demo dossiers: who files, where it goes wrong, how far it gets."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

from common.clock import local_date
from common.identity.actor import Actor
from common.identity.models import Account
from common.problems import MotcuaError, Refusal
from procedure_library.definition import Ending
from runtime import applications, dossiers
from runtime.applicants import profile_of
from runtime.demo import people
from runtime.demo.answers import TRIES, answered
from runtime.demo.handing_in import hand_in_what_is_needed, on_paper
from runtime.demo.setting import Setting
from runtime.demo.ways import SUPPLEMENT
from runtime.demo.work import Work
from runtime.models.applications import Application
from runtime.models.dossiers import Dossier
from runtime.quotes import Quote, quote

# Two people have accounts; most come to the counter.
ONLINE = 0.2
MISSING = (
    "1. Giấy tờ đã gửi bị mờ, không đọc được số và ngày cấp: đề nghị gửi lại bản chụp rõ.",
    "1. Thiếu chữ ký của người yêu cầu.\n2. Thiếu bản chính để đối chiếu.",
)
NOT_OURS = "Người yêu cầu cư trú ngoài địa bàn; thẩm quyền thuộc Ủy ban nhân dân cấp xã nơi cư trú."
UNFIT = "Bản chính bị tẩy xóa nội dung nên không đủ cơ sở giải quyết theo quy định."
NO_ANSWER = "Quá thời hạn bổ sung mà chưa nhận được giấy tờ bổ sung."
CHANGED_MIND = "Người nộp hồ sơ đề nghị rút hồ sơ."


@dataclass(frozen=True, slots=True)
class Plan:
    """How far a dossier gets. `steps` completed before it is left lying; None: all the way to the ending."""

    ending: Ending | None = "granted"
    steps: int | None = None
    before_reception: str = ""
    supplement: bool = False
    answered: bool = True
    handed_over: bool = True
    withdrawn: bool = False
    stopped: bool = False


def told(setting: Setting, plan: Plan, filed_at: datetime, rng: Random) -> Iterator[datetime]:
    """Does one act after each instant it yields; whoever runs the stories keeps them in order of time."""
    online = plan.before_reception or rng.random() < ONLINE
    owner = rng.choice(setting.people.citizens) if online else None
    at = filed_at
    yield at
    dossier = _filed(setting, owner, plan, at, rng)
    if owner is not None:
        at = setting.hours.later(at, rng, most=180)
        yield at
        if plan.before_reception:
            yield from _before_reception(setting, dossier, plan, at, rng)
            return
        by = setting.people.one(setting.unit_id, "reception", rng)
        _done(dossiers.accept(setting.session, dossier, papers=(), by=by, at=at))
    yield from _processed(setting, dossier, plan, at, rng)


def _filed(setting: Setting, owner: Actor | None, plan: Plan, at: datetime, rng: Random) -> Dossier:
    """Online by the owner of an account, or at the counter for somebody without one."""
    reception = setting.people.one(setting.unit_id, "reception", rng)
    by = owner or reception
    application = _done(
        applications.begin(
            setting.session,
            procedure_key=setting.compiled.definition.key,
            case_type=setting.case_type,
            unit_id=setting.unit_id,
            channel="online" if owner else "counter",
            by=by,
            at=at,
        )
    )
    with setting.session.no_autoflush:
        application.pages = list(setting.compiled.pages_at("filing", setting.case_type))
        quoted = _answer(setting, application, owner, at, rng)
    if owner is not None:
        hand_in_what_is_needed(setting, application, quoted, by=owner, at=at)
        return _done(applications.submit(setting.session, application, by=owner, at=at))
    papers = on_paper(quoted)
    return _done(dossiers.enter_at_counter(setting.session, application, papers=papers, by=reception, at=at))


def _answer(
    setting: Setting, application: Application, owner: Actor | None, at: datetime, rng: Random
) -> Quote:
    """Gives answers that meet the conditions of the case type as well; what is quoted for them."""
    for _ in range(TRIES):
        application.answers = _answers(setting, owner, at, rng)
        quoted = quote(setting.session, application, at)
        assert isinstance(quoted, Quote), quoted
        if all(condition.value is not False for condition in quoted.conditions):
            return quoted
    raise MotcuaError(f"the demo cannot meet the conditions of {setting.case_type}")


def _answers(setting: Setting, owner: Actor | None, at: datetime, rng: Random) -> dict[str, Any]:
    form = setting.compiled.form_at("filing", setting.case_type)
    profile: Mapping[str, str] = people.somebody(rng)
    if owner is not None:
        profile = profile_of(setting.session.get_one(Account, owner.account_id))
    return answered(form, profile, local_date(at), rng)


def _before_reception(
    setting: Setting, dossier: Dossier, plan: Plan, at: datetime, rng: Random
) -> Iterator[datetime]:
    """It does not get past reception, or waits there."""
    session, by = setting.session, setting.people.one(setting.unit_id, "reception", rng)
    match plan.before_reception:
        case "refused":
            _done(dossiers.refuse(session, dossier, reason=NOT_OURS, by=by, at=at))
        case "returned":
            _done(dossiers.return_for_completion(session, dossier, reason=rng.choice(MISSING), by=by, at=at))
        case "waits":
            return
    yield at


def _processed(
    setting: Setting, dossier: Dossier, plan: Plan, at: datetime, rng: Random
) -> Iterator[datetime]:
    work = Work(setting, dossier, rng)
    if plan.supplement:
        at = yield from work.until(SUPPLEMENT, at, reason=rng.choice(MISSING))
        if not plan.answered:
            yield from _given_up(setting, dossier, plan, at, rng)
            return
        at = setting.hours.later(at, rng, least=600, most=3000)
        yield at
        by = setting.people.one(setting.unit_id, "reception", rng)
        _done(dossiers.answer_supplement(setting.session, dossier, by=by, at=at))
    if plan.withdrawn:
        at = yield from work.until("granted", at, steps=1)
        yield from _given_up(setting, dossier, plan, at, rng)
        return
    reason = "" if plan.ending == "granted" else UNFIT
    at = yield from work.until(plan.ending or "granted", at, reason=reason, steps=plan.steps)
    if dossier.status == "decided" and plan.handed_over:
        at = setting.hours.later(at, rng, most=400)
        yield at
        by = setting.people.one(setting.unit_id, "reception", rng)
        _done(dossiers.hand_over(setting.session, dossier, by=by, at=at))


def _given_up(
    setting: Setting, dossier: Dossier, plan: Plan, at: datetime, rng: Random
) -> Iterator[datetime]:
    """By the applicant, or by the office that waited long enough; or by nobody yet."""
    if not plan.withdrawn and not plan.stopped:
        return
    at = setting.hours.later(at, rng, least=1200, most=6000) if plan.stopped else setting.hours.later(at, rng)
    yield at
    if plan.stopped:
        by = setting.people.one(setting.unit_id, "leader", rng)
        _done(dossiers.stop(setting.session, dossier, reason=NO_ANSWER, by=by, at=at))
    else:
        by = setting.people.one(setting.unit_id, "reception", rng)
        _done(dossiers.withdraw(setting.session, dossier, reason=CHANGED_MIND, by=by, at=at))


def _done(result: Any) -> Any:
    """A verb that must succeed here; a refusal is a bug of the story."""
    if isinstance(result, Refusal | tuple):
        raise MotcuaError(f"the demo story was refused: {result}")
    return result
