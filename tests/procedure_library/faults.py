"""One faulty definition for every code a check can give: the bad sample of each check."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from common.text import Text
from procedure_library.definition import (
    Definition,
    Duration,
    Example,
    Outcome,
    Step,
    Transition,
)
from tests.procedure_library.call_faults import CALL_FAULTS
from tests.procedure_library.head_faults import HEAD_FAULTS
from tests.procedure_library.pages import with_note_at, with_page, with_question_after_note
from tests.procedure_library.paper_faults import PAPER_FAULTS
from tests.procedure_library.samples import (
    EXPECT,
    FACTS,
    FORM,
    RULES,
    STEPS,
    TRANSITIONS,
    by_case_type,
    definition,
    step,
    task,
    to,
    with_computed,
)
from tests.procedure_library.step_faults import STEP_FAULTS, with_more


def with_step(key: str, **changes: Any) -> Definition:
    """The good definition with one step changed."""
    return definition(steps=tuple(replace(s, **changes) if s.key == key else s for s in STEPS))


def with_transition(key: str, **changes: Any) -> Definition:
    """The good definition with one transition changed."""
    return definition(transitions=tuple(replace(t, **changes) if t.key == key else t for t in TRANSITIONS))


def without(*keys: str) -> Definition:
    """The good definition without these transitions."""
    return definition(transitions=tuple(t for t in TRANSITIONS if t.key not in keys))


def with_case_type(**changes: Any) -> Definition:
    """The good definition with its case type changed."""
    return definition(case_types=(replace(definition().case_types[0], **changes),))


def nobody_passes() -> Definition:
    """The good definition with a branch by the case type, and a step behind a case type that there is not."""
    whole = by_case_type("ordinary", "urgent")
    ways = (to("kinds", "island", "express"), to("island", "sign"))
    return replace(whole, steps=(*whole.steps, task("island")), transitions=(*whole.transitions, *ways))


def with_rules(more: str) -> Definition:
    """The good definition with further rules."""
    return definition(rules=f"{RULES}\n{more}\n")


def with_example(facts: Any = FACTS, expect: Any = EXPECT, **more: Any) -> Definition:
    """The good definition with another example."""
    return definition(examples=(Example("another", Text("Khác", "Another"), facts, expect, **more),))


def parallel(*more: Transition | Step, without: tuple[str, ...] = ()) -> Definition:
    """start → examine → fork → (police, insurance) → gather → sign → end, with changes."""
    decided = Outcome("granted", Text("Ký", "Sign"), decision="granted")
    steps = (
        step("started", "start"),
        step("fork", "split"),
        task("police"),
        task("insurance"),
        step("gather", "join"),
        step("sign", "task", role="approver", outcomes=(decided,)),
        step("granted", "end", ending="granted"),
        *(thing for thing in more if isinstance(thing, Step)),
    )
    transitions = (
        to("started", "fork"),
        to("fork", "police"),
        to("fork", "insurance"),
        to("police", "gather"),
        to("insurance", "gather"),
        to("gather", "sign"),
        to("sign", "granted"),
        *(thing for thing in more if isinstance(thing, Transition)),
    )
    return definition(steps=steps, transitions=tuple(t for t in transitions if t.key not in without))


def scattered(size: int) -> Definition:
    """A split into many ways, each of which gets stuck in one of two places."""
    names = [f"office{number}" for number in range(size)]
    steps = [
        thing
        for name in names
        for thing in (
            task(name, "left", "right"),
            step(f"at_{name}", "branch"),
            step(f"left_of_{name}", "join"),
            step(f"right_of_{name}", "join"),
        )
    ]
    ways = [
        way
        for name in names
        for way in (
            to("fork", name),
            to(name, f"at_{name}"),
            to(f"at_{name}", f"left_of_{name}", "left"),
            to(f"at_{name}", f"right_of_{name}", "right"),
            to(f"left_of_{name}", f"right_of_{name}"),
            to(f"right_of_{name}", f"left_of_{name}"),
        )
    ]
    return parallel(*steps, *ways, without=("gather_sign",))


UNKNOWN_CASE = {**FACTS, "dossier": {**FACTS["dossier"], "case_type": "extraordinary"}}
NO_COPIES = {**FACTS, "answers": {"person": {"full_name": "Trần Thị Mai", "copies": 0}}}
URGENT = RULES.replace("  thu 5_000", '  miễn khi note = "urgent"\n  thu 5_000')

# Code → the definition that has this fault, and where it is found.
FAULTS: Mapping[str, tuple[Definition, str]] = {
    **STEP_FAULTS,
    **CALL_FAULTS,
    **PAPER_FAULTS,
    "procedures.key.spelling": (definition(key="Giấy xác nhận"), "Giấy xác nhận"),
    "procedures.key.twice": (with_more(step("sign", "task", role="approver")), "sign"),
    "procedures.case_type.no_term": (with_case_type(term=None), "ordinary"),
    "procedures.transition.step_missing": (
        with_transition("examine_examined", target="gone"),
        "examine_examined",
    ),
    "procedures.transition.value_outside_branch": (
        with_transition("examine_examined", when="fit"),
        "examine",
    ),
    "procedures.start.none": (with_step("started", kind="task"), "good_standing"),
    "procedures.start.several": (with_more(step("again", "start"), to("again", "examine")), "again"),
    "procedures.start.entered": (with_transition("supplement_examine", target="started"), "started"),
    "procedures.step.unreachable": (with_more(task("island"), to("island", "sign")), "island"),
    "procedures.step.no_case_type": (nobody_passes(), "island"),
    "procedures.step.no_exit": (without("supplement_examine"), "supplement"),
    "procedures.step.no_way_out": (
        with_more(task("round"), task("about"), to("round", "about"), to("about", "round")),
        "round",
    ),
    "procedures.step.several_exits": (with_more(to("examine", "sign")), "examine"),
    "procedures.step.circle_without_work": (
        with_more(
            step("ring", "branch", choice="c"),
            step("back", "branch", choice="c"),
            to("supplement", "ring"),
            to("ring", "back", "a"),
            to("ring", "examine", "b"),
            to("back", "ring", "a"),
            to("back", "examine", "b"),
        ),
        "supplement",
    ),
    "procedures.term.never_kept": (with_step("examine", budget=Duration(5, "working_day")), "examine"),
    "procedures.term.not_kept": (with_step("examine", budget=Duration(4, "calendar_day")), "examine"),
    "procedures.end.none": (
        definition(steps=tuple(replace(s, kind="task") if s.kind == "end" else s for s in STEPS)),
        "good_standing",
    ),
    "procedures.steps.too_many_ways": (scattered(11), "good_standing"),
    "procedures.end.left": (with_more(to("refused", "examine")), "refused"),
    "procedures.end.no_ending": (with_step("granted", ending=None), "granted"),
    "procedures.end.never_granted": (with_step("granted", ending="stopped"), "good_standing"),
    "procedures.end.leaves_work": (
        parallel(to("police", "granted"), without=("police_gather",)),
        "granted",
    ),
    "procedures.end.no_decision": (
        with_step("sign", outcomes=(Outcome("granted", Text("Ký")), Outcome("refused", Text("Không")))),
        "granted",
    ),
    "procedures.end.other_decision": (with_transition("signed_refused_refused", target="granted"), "granted"),
    "procedures.branch.single_exit": (without("examined_supplement_incomplete"), "examined"),
    "procedures.branch.several_defaults": (
        definition(transitions=tuple(replace(t, default=True) for t in TRANSITIONS)),
        "examined",
    ),
    "procedures.branch.transition_without_value": (
        with_transition("examined_sign_fit", when=None),
        "examined",
    ),
    "procedures.branch.same_value": (with_transition("examined_sign_fit", when="incomplete"), "examined"),
    "procedures.branch.value_not_covered": (without("examined_supplement_incomplete"), "examined"),
    "procedures.branch.unknown_value": (with_transition("examined_sign_fit", when="fine"), "examined"),
    "procedures.branch.nothing_to_choose_by": (
        with_transition("supplement_examine", target="examined"),
        "examined",
    ),
    "procedures.split.single_exit": (parallel(without=("fork_police",)), "fork"),
    "procedures.split.not_joined": (
        parallel(
            to("police", "sign"), to("insurance", "sign"), without=("police_gather", "insurance_gather")
        ),
        "sign",
    ),
    "procedures.join.single_entry": (parallel(without=("police_gather",)), "gather"),
    "procedures.join.waits_forever": (
        definition(
            steps=(*STEPS, step("gather", "join")),
            transitions=(
                *(
                    replace(t, target="gather") if t.key in ("examined_sign_fit", "supplement_examine") else t
                    for t in TRANSITIONS
                ),
                to("gather", "sign"),
            ),
        ),
        "gather",
    ),
    "procedures.task.no_role": (with_step("examine", role=""), "examine"),
    "procedures.task.unknown_role": (with_step("examine", role="case_oficer"), "examine"),
    "procedures.task.no_outcome": (with_step("sign", outcomes=()), "sign"),
    "procedures.computed.unknown": (with_computed("isue"), "person"),
    "procedures.computed.no_amount": (with_computed("three_days"), "person"),
    "procedures.page.unknown": (with_step("examine", shows=("persons",)), "examine"),
    "procedures.page.not_filled_yet": (
        with_page("note", sign={"fills": ("note",)}, examine={"shows": ("note",)}),
        "examine",
    ),
    "procedures.page.asked_by_nobody": (
        replace(with_page("note"), case_types=(replace(definition().case_types[0], pages=("person",)),)),
        "note",
    ),
    "procedures.field.unknown_step": (
        with_note_at({"fills": ["examined"]}),
        "/properties/note/x-motcua-steps/fills",
    ),
    "procedures.field.not_filled_yet": (
        with_note_at({"fills": ["sign"], "shows": ["examine"]}),
        "/properties/note/x-motcua-steps/shows",
    ),
    "procedures.field.reads_later": (with_question_after_note(), "/properties/why"),
    "procedures.rule.unknown": (with_case_type(amounts=("isue",)), "ordinary"),
    "procedures.rule.wrong_kind": (with_case_type(amounts=("identity",)), "ordinary"),
    "procedures.rule.unused": (with_rules('phí more "Phí khác"\n  căn_cứ "Luật"\n  thu 1_000 VND'), "more"),
    "procedures.rule.undecided": (
        with_rules(
            'tham_số more "Mức phụ thu"\n  căn_cứ "Luật"\n  do tỉnh_quy_định trong_khoảng 0 VND và 9_000 VND'
        ),
        "more",
    ),
    "procedures.collects.not_charged": (
        replace(with_case_type(amounts=()), steps=with_step("sign", collects=("issue",)).steps),
        "sign",
    ),
    "procedures.rule.fact_after_filing": (
        replace(with_page("note", examine={"fills": ("note",)}), rules=URGENT),
        "rules.motcua",
    ),
    "procedures.rule.fact_after_task": (
        replace(with_page("note", sign={"fills": ("note",)}, examine={"collects": ("issue",)}), rules=URGENT),
        "rules.motcua",
    ),
    "procedures.form.hides_dossier": (
        definition(
            form={**FORM, "properties": {**FORM["properties"], "dossier": FORM["properties"]["person"]}}
        ),
        "/properties/dossier",
    ),
    "procedures.example.none": (definition(examples=()), "good_standing"),
    "procedures.example.unknown_name": (with_example(UNKNOWN_CASE), "another"),
    "procedures.example.bad_facts": (with_example(NO_COPIES), "another"),
    "procedures.example.failed": (
        with_example(expect={"amounts": {"issue": {"amount": 9_000, "currency": "VND"}}}),
        "another",
    ),
    **HEAD_FAULTS,
    "procedures.text.empty": (with_step("sign", name=Text("")), "sign"),
}
