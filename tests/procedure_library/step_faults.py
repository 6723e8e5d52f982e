"""One faulty definition for every code that a check of steps at rest can give."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from common.text import Text
from procedure_library.definition import Ask, Definition, Duration, Letter, Step, Transition
from procedure_library.guidance import Duty, Occasion, StepNotice
from tests.procedure_library.samples import DECIDED, STEPS, TRANSITIONS, definition, step, task, to


def with_more(*more: Step | Transition) -> Definition:
    """The good definition with further steps and transitions."""
    steps = tuple(thing for thing in more if isinstance(thing, Step))
    transitions = tuple(thing for thing in more if isinstance(thing, Transition))
    return definition(steps=STEPS + steps, transitions=TRANSITIONS + transitions)


POLICE = Ask("police", Text("Công an xã", "Police of the commune"), "leader", function="police")


def before_signing(*kinds: Step) -> Definition:
    """The good definition with one more step on the way from examining to signing."""
    (waits,) = kinds
    moved = tuple(replace(t, target=waits.key) if t.key == "examined_sign_fit" else t for t in TRANSITIONS)
    return definition(steps=(*STEPS, waits), transitions=(*moved, to(waits.key, "sign")))


def consulting(*asks: Ask, **attributes: Any) -> Definition:
    """The good definition, with a consultation before it is signed."""
    limit = {"budget": Duration(1, "working_day"), **attributes}
    return before_signing(step("consult", "consultation", asks=asks, **limit))


def late_opinion() -> Definition:
    """A consultation where silence is consent, and a way when overdue as well."""
    asked = consulting(POLICE, silence="consent")
    late = Transition("consult_late", "consult", "examine", on="overdue")
    return replace(asked, transitions=(*asked.transitions, late))


def automatic(**attributes: Any) -> Definition:
    """The good definition, with an automatic step that has no way on failure before it is signed."""
    return before_signing(step("ask", "automatic", **attributes))


def owed(duty: Duty) -> Definition:
    """The good definition, with one more task before it is signed that says whose it is."""
    return before_signing(task("look", duty=duty))


def printing(letter: str) -> Definition:
    """The good definition with a certificate, and one more task before it is signed that prints the letter."""
    whole = before_signing(task("look", must_print=(letter,)))
    return replace(whole, letters=(Letter("certificate", Text("Giấy xác nhận", "Letter"), "", "granted"),))


def telling(vi: str, en: str = "", when: Occasion = "entered") -> Definition:
    """The good definition, with one more task before it is signed that tells leaders."""
    return before_signing(task("look", notices=(StepNotice(when, "leaders", Text(vi, en)),)))


def some(*without: str, more: tuple[Transition, ...] = ()) -> Definition:
    """The good definition with a block of two tasks, of which conditions choose, before it is signed."""
    start = before_signing(step("some", "inclusive"))
    steps = (*start.steps, task("police"), task("land"), step("gathered", "join"))
    ways = (
        to("some", "police", "few"),
        Transition("some_land", "some", "land", default=True),
        to("police", "gathered"),
        to("land", "gathered"),
        to("gathered", "sign"),
    )
    kept = (t for t in start.transitions if t.key != "some_sign")
    whole = (t for t in (*kept, *ways, *more) if t.key not in without)
    return replace(start, steps=steps, transitions=tuple(whole))


def spare_default() -> Definition:
    """The good definition, with a default out of the branch that knows every outcome, over a task of its own."""
    return with_more(task("spare"), to("examined", "spare", default=True), to("spare", "sign"))


STEP_FAULTS: Mapping[str, tuple[Definition, str]] = {
    "procedures.task.nobody_able": (before_signing(task("print", role="publisher")), "print"),
    "procedures.consultation.nobody_able": (
        consulting(Ask("land", Text("Địa chính", "Land office"), "leader", function="land")),
        "consult",
    ),
    "procedures.transition.never_taken": (spare_default(), "examined_spare"),
    "procedures.step.never_reached": (spare_default(), "spare"),
    "procedures.task.role_twice": (before_signing(replace(task("look"), assign="review")), "look"),
    "procedures.duty.no_basis": (owed(Duty(who=Text("công chức một cửa"))), "look"),
    "procedures.duty.nobody": (owed(Duty(basis="Điều 17 Nghị định 118/2025/NĐ-CP")), "look"),
    "procedures.notice.no_text": (telling("", "Entered"), "look"),
    "procedures.notice.no_english": (telling("Đã đến lượt"), "look"),
    "procedures.notice.unknown_placeholder": (telling("Hồ sơ {cod}", "Dossier {code}"), "look"),
    "procedures.notice.no_limit": (telling("Quá hạn", "Late", when="overdue"), "look"),
    "procedures.prints.unknown": (printing("request"), "look"),
    "procedures.prints.result": (printing("certificate"), "look"),
    "procedures.inclusive.single_exit": (some("some_land", "land_gathered"), "some"),
    "procedures.inclusive.no_block": (some("land_gathered", more=(to("land", "sign"),)), "some"),
    "procedures.boundary.cannot_fail": (
        with_more(Transition("sign_failed", "sign", "examine", on="failure")),
        "sign",
    ),
    "procedures.automatic.no_connector": (automatic(), "ask"),
    "procedures.automatic.attempts": (automatic(connector="tax", attempts=0), "ask"),
    "procedures.automatic.decides": (automatic(connector="tax", outcomes=DECIDED), "ask"),
    "procedures.automatic.no_failure_way": (automatic(connector="tax"), "ask"),
    "procedures.consultation.asks_nobody": (consulting(), "consult"),
    "procedures.consultation.unknown_role": (consulting(replace(POLICE, role="laeder")), "consult"),
    "procedures.consultation.function_spelling": (consulting(replace(POLICE, function="Công an")), "consult"),
    "procedures.consultation.no_limit": (consulting(POLICE, budget=None), "consult"),
    "procedures.boundary.not_at_rest": (
        with_more(Transition("examined_late", "examined", "refused", on="overdue")),
        "examined",
    ),
    "procedures.boundary.twice": (
        with_more(
            Transition("sign_back", "sign", "examine", on="withdrawn"),
            Transition("sign_out", "sign", "refused", on="withdrawn"),
        ),
        "sign",
    ),
    "procedures.boundary.no_limit": (
        with_more(Transition("sign_late", "sign", "examine", on="overdue")),
        "sign",
    ),
    "procedures.boundary.silence_too": (late_opinion(), "consult"),
    "procedures.payment.collects_nothing": (before_signing(step("pay", "payment")), "pay"),
    "procedures.message.no_key": (before_signing(step("hear", "message")), "hear"),
    "procedures.moment.not_one_time": (before_signing(step("rest", "moment")), "rest"),
    "procedures.supplement.without_words": (
        with_more(step("hear", "message", message="tax_paid"), to("hear", "supplement")),
        "hear",
    ),
}
