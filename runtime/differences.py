"""What the law in force changes for an application, against the law by which its applicant was told.

Before sending that is the version its form came from; once sent, the law of the day of filing, version and
local amounts alike. What was paid at filing keeps that law and is never among the changes; nor is a rate of
exchange that moves from day to day.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from common.clock import local_date
from common.money import Money
from common.problems import Problem, Refusal
from common.text import Text
from form_builder.form import Field
from procedure_library.models import Version
from procedure_library.queries import definition_of, version_in_force
from procedure_library.rates import Rates
from rules_dsl.evaluation import Evaluation
from rules_dsl.rate_days import EveryDay
from rules_dsl.terms import Allowance
from runtime.answering import judged_as_filed, missing_to_file
from runtime.engine import amounts
from runtime.engine.context import Context
from runtime.engine.plain import from_plain
from runtime.engine.state import State
from runtime.handed_in import with_files
from runtime.models.applications import Application
from runtime.models.dossiers import Dossier
from runtime.quotes import quoted
from runtime.worlds import context_of_filing

UNSENT = State()


@dataclass(frozen=True, slots=True)
class AmountChange:
    """An amount then and now. None: not asked for by that law, or not known by it."""

    title: Text
    before: Money | None
    after: Money | None


@dataclass(frozen=True, slots=True)
class TermChange:
    """The legal term then and now. None: settled at once."""

    before: Allowance | None
    after: Allowance | None


@dataclass(frozen=True, slots=True)
class Difference:
    """`version` is the one in force. `problems` are what it asks for and the other law did not: questions
    without an answer, papers not handed in, conditions not met."""

    version: Version
    asked_now: tuple[Field, ...]
    asked_no_more: tuple[Field, ...]
    problems: tuple[Problem, ...]
    amounts: tuple[AmountChange, ...]
    term: TermChange | None

    @property
    def must_be_confirmed(self) -> bool:
        """Whether reception may not go on without the applicant: money, time, or something missing."""
        return bool(self.problems or self.amounts or self.term)

    @property
    def is_felt(self) -> bool:
        """Whether the applicant notices anything at all; a step added inside the office is not felt."""
        return self.must_be_confirmed or bool(self.asked_now or self.asked_no_more)


def difference(session: Session, application: Application, at: datetime) -> Difference | None:
    """What has changed for the applicant by now; None when nothing has, or the case type is gone."""
    version = version_in_force(session, application.procedure_key, local_date(at))
    state = _state(session, application)
    if version is None or _is_as_told(application, state, version):
        return None
    if definition_of(session, version.id).case_type(application.case_type) is None:
        return None
    then = _law_told(session, application, state, at)
    now = _Law.of(context_of_filing(session, application, version.id, at), at)
    found = _Compared(session, application, state, then, now, at).difference(version)
    return found if found.is_felt else None


def _state(session: Session, application: Application) -> State:
    if application.dossier_id is None:
        return UNSENT
    return from_plain(State, session.get_one(Dossier, application.dossier_id).state)


def _is_as_told(application: Application, state: State, version: Version) -> bool:
    """Not sent yet, what it costs is told by the law of each day; only another form is news."""
    return state.status == "unsent" and application.version_id == version.id


@dataclass(frozen=True, slots=True)
class _Law:
    """One of the two laws, and what it says of amounts and term on its day."""

    context: Context
    at: datetime
    read: tuple[Evaluation, ...]
    term: Allowance | None

    @classmethod
    def of(cls, context: Context, at: datetime) -> "_Law":
        found = quoted(context, at)
        if isinstance(found, Refusal):
            return cls(context, at, (), None)
        return cls(context, at, found.amounts, amounts.allowance_of((found.term,) if found.term else ()))

    @property
    def amounts(self) -> Mapping[str, Money]:
        return {each.rule: each.value for each in self.read if isinstance(each.value, Money)}

    def amounts_at(self, rates: Rates) -> Mapping[str, Money]:
        """The amounts as they would be at these rates of exchange."""
        if not any(map(amounts.needs_rate, self.read)):
            return self.amounts
        reference = replace(self.context.reference, rates=rates)
        return _Law.of(replace(self.context, reference=reference), self.at).amounts

    @property
    def questions(self) -> Mapping[str, Field]:
        form = self.context.compiled.form_at("filing", self.context.case_type)
        return {field.path: field for field in form.every_field()}

    @property
    def titles(self) -> dict[str, Text]:
        return {rule.name: rule.title for rule in self.context.compiled.rules.rules}


def _law_told(session: Session, application: Application, state: State, at: datetime) -> _Law:
    if state.status == "unsent":
        return _Law.of(context_of_filing(session, application, application.version_id, at), at)
    on = filed_at(state)
    told = {"settings": state.settings, "reduced": state.reduced_this_year}
    return _Law.of(context_of_filing(session, application, state.version, on, **told), on)


def filed_at(state: State) -> datetime:
    """When it was sent last: until then the applicant has seen and confirmed the law."""
    return max(state.done[act].at for act in ("submit", "resubmit") if act in state.done)


@dataclass(frozen=True, slots=True)
class _Compared:
    session: Session
    application: Application
    state: State
    then: _Law
    now: _Law
    at: datetime

    def difference(self, version: Version) -> Difference:
        before, after = self.then.questions, self.now.questions
        return Difference(
            version,
            asked_now=tuple(field for path, field in after.items() if path not in before),
            asked_no_more=tuple(field for path, field in before.items() if path not in after),
            problems=self._problems(),
            amounts=self._amounts(),
            term=self._term(),
        )

    def _term(self) -> TermChange | None:
        """A term that counts from another fact is the same law on every day."""
        before, after = self.then.term, self.now.term
        same = before.allows_like(after) if before and after else before == after
        return None if same else TermChange(before, after)

    def _problems(self) -> tuple[Problem, ...]:
        then, now = self.then.context, self.now.context
        if (then.version, then.reference) == (now.version, now.reference):
            return ()
        known = {(problem.code, problem.where) for problem in self._wrong_by(self.then.context)}
        wrong = self._wrong_by(self.now.context)
        return tuple(problem for problem in wrong if (problem.code, problem.where) not in known)

    def _wrong_by(self, law: Context) -> tuple[Problem, ...]:
        said = judged_as_filed(law.compiled, law.case_type, law.answers)
        if isinstance(said, tuple):
            return said
        papers = with_files(self.session, self.application.id, self.state.papers)
        missing = missing_to_file(law, UNSENT, papers, self.at)
        return () if isinstance(missing, Refusal) else missing

    def _amounts(self) -> tuple[AmountChange, ...]:
        """What the law changes. That a rate of exchange has moved since is none of it: both count at one rate."""
        before, after = self.then.amounts, self.now.amounts
        rates = _at_one_rate((*self.then.read, *self.now.read))
        then, now = self.then.amounts_at(rates), self.now.amounts_at(rates)
        titles = self.then.titles | self.now.titles
        return tuple(
            AmountChange(titles[rule], before.get(rule), after.get(rule))
            for rule in dict.fromkeys((*before, *after))
            if rule not in self.state.paid and then.get(rule) != now.get(rule)
        )


def _at_one_rate(read: Sequence[Evaluation]) -> Rates:
    """Each rate that was read last, as if it were that of every day."""
    return {used.name: EveryDay(used.value) for evaluation in read for used in evaluation.used.rates}
