"""What the prover says of the rules of a draft, each answer with the moment at which its case can be looked at."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from common.calendar import WorkingCalendar
from procedure_library.checks.rule_proofs import SOMEWHERE, Task, proofs
from procedure_library.checks.subject import Subject
from procedure_library.definition import CaseType, Definition
from procedure_library.moments import moments
from rules_dsl.prover.proof import Proof

WORST = ("refuted", "not_decided", "proved")
BEST = tuple(reversed(WORST))


@dataclass(frozen=True, slots=True)
class Proved:
    """An answer of the prover. A case of it is a dossier of this type, as filled in by this moment."""

    proof: Proof
    case_type: str
    moment: str


def can_be_proved(definition: Definition) -> bool:
    """Whether it can be told when rules are asked: every transition leads from a step to a step."""
    steps = {step.key for step in definition.steps}
    return bool(definition.case_types) and all(
        {each.source, each.target} <= steps for each in definition.transitions
    )


def proved(definition: Definition, calendar: WorkingCalendar | None) -> tuple[Proved, ...]:
    """The answers to every question about every rule, in the order of the text: those of publishing, in its time."""
    about = Subject(definition, calendar)
    found = [
        Proved(proof, *_asked(task, about)) for task, verdicts in proofs(about) for proof in verdicts.proofs
    ]
    return tuple(sorted(_settled(found), key=lambda each: (each.proof.place.line, each.proof.place.column)))


def _asked(task: Task, about: Subject) -> tuple[str, str]:
    """The case type and the first moment with these pages; of the whole form, the moment that knows most."""
    kinds = {kind.key: kind for kind in about.definition.case_types}
    kind = kinds.get(task.case_type or "", about.definition.case_types[0])
    known = {moment: _pages(about, moment, kind) for moment in moments(about.definition)}
    fitting = (moment for moment, pages in known.items() if pages == task.pages)
    return kind.key, next(fitting, max(known, key=lambda moment: len(known[moment])))


def _pages(about: Subject, moment: str, kind: CaseType) -> tuple[str, ...]:
    return about.knowledge.pages_at(moment, kind)


def _settled(found: Sequence[Proved]) -> Iterator[Proved]:
    """One answer to each question: the worst of those that must hold always, the best of those for once."""
    by_question: dict[tuple[object, ...], list[Proved]] = defaultdict(list)
    for each in found:
        proof = each.proof
        # Of the brackets or rows that may meet, each pair is a question of its own.
        by_question[proof.rule, proof.question, proof.place, proof.parameters.get("first")].append(each)
    for answers in by_question.values():
        order = BEST if answers[0].proof.question in SOMEWHERE else WORST
        yield min(answers, key=lambda each: order.index(each.proof.verdict))
