"""What the prover says of the rules of a draft: each rule over all answers that may be there when it is asked."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from time import monotonic

from common.calendar import WorkingCalendar
from designer.rule_editing.reads import read_by_rule
from designer.rule_editing.written import Written
from form_builder.judge import judge
from form_builder.schema import as_text
from procedure_library.checks.rule_moments import wanted
from procedure_library.checks.subject import Subject
from procedure_library.compiled import Compiled, compiled
from procedure_library.definition import Definition
from procedure_library.moments import moments
from rules_dsl.evaluation import Reference
from rules_dsl.facts import scope
from rules_dsl.nodes import Always, AnyRule
from rules_dsl.prover.proof import Proof, Question
from rules_dsl.prover.prove import PROVABLE, TWO_SECONDS, prove

CASE_TYPE = "dossier.case_type"
# Wrong only when they are wrong whenever the rule is asked: a line may be meant for one case type alone.
SOMEWHERE: tuple[Question, ...] = ("alive", "possible")


@dataclass(frozen=True, slots=True)
class Asked:
    """When rules are asked: the pages of the case type that are filled by that moment are known."""

    case_type: str
    moment: str


@dataclass(frozen=True, slots=True)
class Proved:
    """An answer of the prover, and the moment it is about."""

    proof: Proof
    asked: Asked


def proved(subject: Written, calendar: WorkingCalendar | None, *, total: float) -> tuple[Proved, ...]:
    """The answers to every question about every rule, in the order of the text; `total` bounds the seconds."""
    ready, until = compiled(subject.definition), monotonic() + total
    found: list[Proved] = []
    for asked, rules in _asked(ready).items():
        left = max(0.0, until - monotonic())
        found += (Proved(proof, asked) for proof in _proofs(ready, asked, rules, calendar, left))
    return tuple(sorted(_settled(found), key=lambda each: (each.proof.place.line, each.proof.place.column)))


def _proofs(
    ready: Compiled, asked: Asked, rules: Sequence[AnyRule], calendar: WorkingCalendar | None, total: float
) -> tuple[Proof, ...]:
    schema = ready.schema_at(asked.moment, asked.case_type)
    reads_case = any(CASE_TYPE in read_by_rule(ready.rules, rule) for rule in rules)
    kinds = [asked.case_type] if reads_case else [kind.key for kind in ready.definition.case_types]
    # Claims have no names: those of other moments are left out of the file.
    kept = tuple(rule for rule in ready.rules.rules if not isinstance(rule, Always) or rule in rules)
    return prove(
        replace(ready.rules, rules=kept),
        scope(schema, kinds, asked.moment),
        schema,
        Reference(calendar),
        TWO_SECONDS,
        total=total,
        only={rule.name for rule in rules},
        judge=lambda answers: not judge(schema, answers),
    )


def _asked(ready: Compiled) -> Mapping[Asked, list[AnyRule]]:
    """The rules by when they are asked; for each, the same form is gone through once."""
    found: dict[Asked, list[AnyRule]] = defaultdict(list)
    for rule in ready.rules.rules:
        by_case = CASE_TYPE in read_by_rule(ready.rules, rule)
        seen = set()
        for asked in _moments_of(rule, ready) if isinstance(rule, PROVABLE) else ():
            key = (
                as_text(ready.schema_at(asked.moment, asked.case_type)),
                asked.case_type if by_case else "",
            )
            if key not in seen:
                seen.add(key)
                found[asked].append(rule)
    return found


def _moments_of(rule: AnyRule, ready: Compiled) -> Iterator[Asked]:
    """When its value is wanted; for what nobody asks by itself, the first moment at which it could be."""
    definition = ready.definition
    kinds = definition.case_types if _is_whole(definition) else ()
    found = [
        Asked(kind.key, moment)
        for kind in kinds
        for moment, names in wanted(Subject(definition), kind)
        if rule.name in names
    ]
    yield from found or (Asked(kind.key, _first(rule, ready, kind.key)) for kind in definition.case_types)


def _first(rule: AnyRule, ready: Compiled, case_type: str) -> str:
    """The first moment at which all facts that the rule reads are known; filing when there is none."""
    known = moments(ready.definition)
    read = read_by_rule(ready.rules, rule) & ready.scope_at(known[-1]).facts.keys()
    able = (moment for moment in known if read <= ready.scope_at(moment, case_type).facts.keys())
    return next(able, known[0])


def _is_whole(definition: Definition) -> bool:
    """Whether every transition leads from a step to a step."""
    steps = {step.key for step in definition.steps}
    return all({each.source, each.target} <= steps for each in definition.transitions)


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


WORST = ("refuted", "not_decided", "proved")
BEST = tuple(reversed(WORST))
