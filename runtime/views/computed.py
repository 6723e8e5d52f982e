"""Values on a page of a form while it is filled in: what the answers so far give, or what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from common.i18n import language
from common.money import Money
from common.problems import Refusal
from common.web import now, session
from form_builder.faults import called
from form_builder.remarks import Computed
from form_builder.wtform import PageForm
from procedure_library.moments import FILING
from rules_dsl import explain
from rules_dsl.evaluation import Evaluation
from rules_dsl.fact_types import Scope
from rules_dsl.unknown import Unknown
from rules_dsl.values import Value
from runtime.engine import amounts
from runtime.engine.context import Context
from runtime.engine.plain import from_plain
from runtime.engine.state import State
from runtime.models.applications import Application
from runtime.models.dossiers import Dossier
from runtime.worlds import context_of, context_of_filing, stored_answers


@dataclass(frozen=True, slots=True)
class _Moment:
    """What the amounts are worked out from. `name` is "filing", or the key of the step whose page it is."""

    name: str
    context: Context
    state: State

    def told(self, page: PageForm) -> Mapping[str, Computed]:
        """By rule; without what no rule is called, and empty where an answer cannot be read."""
        facts = amounts.facts_at(self.context, self.state, self.name, now())
        if isinstance(facts, Refusal):
            return {}
        book = self.context.compiled.rulebook
        found = amounts.evaluate(self.context, facts, [name for name in page.rules if name in book.rules])
        named = [name for name in page.rules if name in book.module.lets]
        return {
            **{each.rule: self._in_words(page, each) for each in found},
            **{
                name: self._named(page, name, book.let(name, facts, self.context.reference)) for name in named
            },
        }

    def _named(self, page: PageForm, name: str, value: Value | Unknown) -> Computed:
        compiled = self.context.compiled
        called = explain.named(name, value, compiled.rules, language(), self._scope)
        missing = _questions(page, value) if isinstance(value, Unknown) else ()
        return Computed(*called, missing=missing)

    @property
    def _scope(self) -> Scope:
        return self.context.compiled.scope_at(self.name, self.context.case_type)

    def _in_words(self, page: PageForm, evaluation: Evaluation) -> Computed:
        title = self.context.compiled.rulebook.rules[evaluation.rule].title.in_(language())
        value = evaluation.value
        if isinstance(value, Money):
            return Computed(title, value.in_(language()))
        missing = _questions(page, value) if isinstance(value, Unknown) else ()
        if missing:
            return Computed(title, missing=missing)
        rules = self.context.compiled.rules
        return Computed(title, reason=explain.sentences(evaluation, rules, language(), self._scope)[0])


def with_amounts(page: PageForm, here: Application, answers: Mapping[str, Any]) -> PageForm:
    """The page with the amounts that stand on it, as if the dossier were received now with these answers."""
    if page.rules:
        context = context_of_filing(session(), here, here.version_id, now(), answers)
        page.computed = _Moment(FILING, context, State()).told(page)
    return page


def with_amounts_of(
    page: PageForm, dossier: Dossier, answers: Mapping[str, Any], moment: str = FILING
) -> PageForm:
    """The same of a dossier, by its own law, at filing (a supplement) or at the step whose page it is."""
    if page.rules:
        said = {**stored_answers(session(), dossier), **answers}
        context = context_of(session(), dossier, now(), said)
        page.computed = _Moment(moment, context, from_plain(State, dossier.state)).told(page)
    return page


def _questions(page: PageForm, unknown: Unknown) -> tuple[str, ...]:
    """The titles of what is not answered yet; none when more than answers is missing."""
    asked = [called(page.form, name, language()) for name in unknown.missing if page.form.field_at(name)]
    return tuple(asked) if len(asked) == len(unknown.missing) else ()
