"""The rules hold over all answers that the form admits at each moment, and on every day of the calendar.

Good: brackets that meet. Bad: brackets of which one ends below 20 billion and the next begins above it; a line that
no case reaches; a claim that some answers break. What is not decided in time is a warning, never taken for fine.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from common.problems import Finding
from form_builder.fitting import fitted
from form_builder.judge import judge
from form_builder.moments import schema_at
from form_builder.schema import as_text, read_form
from form_builder.visibility import prune
from procedure_library.checks.rule_facts import whole_scope
from procedure_library.checks.rule_moments import in_time, wanted
from procedure_library.checks.rule_use import names_in, only, read_by
from procedure_library.checks.subject import Subject
from procedure_library.definition import CaseType
from procedure_library.moments import filing_pages, task_pages
from procedure_library.remembered import Remembered, days_of
from rules_dsl.evaluation import Reference
from rules_dsl.facts import Scope, scope
from rules_dsl.nodes import Always, RuleFile
from rules_dsl.prover.checking import Verdicts, glance_and_prove
from rules_dsl.prover.judging import Judge
from rules_dsl.prover.proof import Question
from rules_dsl.prover.prove import ALL
from rules_dsl.prover.searching import OUT_OF_TIME, Stopwatch
from rules_dsl.prover.worlds import Subject as Proved

# All proofs of one definition together, whoever asks for them; what the time does not reach is not decided.
TOTAL_SECONDS = 10.0
SOMEWHERE: tuple[Question, ...] = ("alive", "possible")
EVERYWHERE: tuple[Question, ...] = tuple(each for each in ALL if each not in (*SOMEWHERE, "always"))
remembered: Remembered[Verdicts] = Remembered(256)


@dataclass(frozen=True, slots=True)
class Task:
    """Rules to be proved against the form as it stands at one moment.

    `case_type` and `pages` say which form that is; None: the whole one, for every case type.
    """

    rules: RuleFile
    known: Scope
    schema: Mapping[str, Any]
    questions: tuple[Question, ...]
    case_type: str | None = None
    pages: tuple[str, ...] | None = None


def check(subject: Subject) -> Iterator[Finding]:
    told: set[tuple[str, int | None, int | None]] = set()
    for _task, verdicts in proofs(subject):
        for finding in verdicts.findings:
            place = finding.code, finding.line, finding.column
            if place not in told:
                told.add(place)
                yield finding


def proofs(subject: Subject) -> Iterator[tuple[Task, Verdicts]]:
    """What came of each task: publishing and whoever writes the rules are told the same."""
    watch = Stopwatch(TOTAL_SECONDS)
    for task in _tasks(subject):
        if task.rules.rules:
            yield task, _verdicts(subject, task, watch)


def _verdicts(subject: Subject, task: Task, watch: Stopwatch) -> Verdicts:
    reference = Reference(subject.calendar)
    about = Proved(task.rules, task.known, task.schema, reference)

    def work() -> Verdicts:
        form = read_form(task.schema, subject.places)

        def accepts(answers: Mapping[str, Any]) -> bool:
            return prune(form, answers) == answers and judge(form, answers) == ()

        judging = Judge(accepts, lambda answers: fitted(form, answers))
        return glance_and_prove(
            about, "rules.motcua", total=watch.left, questions=task.questions, judge=judging
        )

    lines = tuple(rule.place.line for rule in task.rules.rules)
    kinds = task.known.facts["dossier.case_type"].values
    text = subject.definition.rules
    key = (text, lines, as_text(task.schema), kinds, task.questions, days_of(subject.calendar))
    return remembered.get(key, work, _is_lasting)


def _is_lasting(verdicts: Verdicts) -> bool:
    return all(proof.reason != OUT_OF_TIME for proof in verdicts.proofs)


def _tasks(subject: Subject) -> Iterator[Task]:
    """Each rule for the case types and at the moments that want it; those that nobody wants, or that read too early
    there, on the whole form: one fault hides no other."""
    whole, form = whole_scope(subject), subject.definition.form
    used: set[str] = set()
    yield Task(_without_claims(subject.parsed.rules), whole, form, SOMEWHERE)
    for kind in subject.definition.case_types:
        for pages, names in _wanted_on(subject, kind).items():
            used |= read_by(subject.rules, names)
            schema = schema_at(form, pages)
            yield Task(
                only(subject.parsed.rules, subject.rules, names),
                scope(schema, [kind.key]),
                schema,
                EVERYWHERE,
                kind.key,
                pages,
            )
    unused = [name for name in subject.rules if name not in used]
    yield Task(only(subject.parsed.rules, subject.rules, unused), whole, form, EVERYWHERE)
    yield from _claims(subject, whole)


def _without_claims(rules: RuleFile) -> RuleFile:
    return replace(rules, rules=tuple(rule for rule in rules.rules if not isinstance(rule, Always)))


def _wanted_on(subject: Subject, kind: CaseType) -> dict[tuple[str, ...], list[str]]:
    """The rules that the kind wants, by the pages filled in by then."""
    found: dict[tuple[str, ...], list[str]] = {}
    for moment, names in wanted(subject, kind):
        if not names:
            continue
        pages = subject.knowledge.pages_at(moment, kind)
        found.setdefault(pages, []).extend(in_time(subject, kind, moment, names))
    return found


def _claims(subject: Subject, whole: Scope) -> Iterator[Task]:
    """Each claim for every case type that asks all it speaks of; for the whole form when none does."""
    left = [rule for rule in subject.parsed.rules.rules if isinstance(rule, Always)]
    if not left:
        return
    told: list[Always] = []
    for kind in subject.definition.case_types:
        pages = (*filing_pages(subject.definition, kind), *task_pages(subject.definition))
        schema = schema_at(subject.definition.form, pages)
        known = scope(schema, [kind.key])
        fitting = [claim for claim in left if _speaks_of(claim, subject, known)]
        told += fitting
        yield Task(_claiming(subject, fitting), known, schema, ("always",), kind.key, pages)
    rest = [claim for claim in left if claim not in told]
    yield Task(_claiming(subject, rest), whole, subject.definition.form, ("always",))


def _speaks_of(claim: Always, subject: Subject, known: Scope) -> bool:
    return all(name in known or name in subject.rules for name in read_by(subject.rules, names_in(claim)))


def _claiming(subject: Subject, claims: Collection[Always]) -> RuleFile:
    """The file with these claims alone, and all they read."""
    names = read_by(subject.rules, (name for claim in claims for name in names_in(claim)))
    kept = (rule for rule in subject.parsed.rules.rules if rule.name in names or rule in claims)
    return replace(subject.parsed.rules, rules=tuple(kept) if claims else ())
