"""Amounts on a page of an application while it is filled in: what the answers so far give, or what is missing."""

from collections.abc import Iterator, Mapping
from typing import Any

from common.i18n import language
from common.money import Money
from common.problems import Refusal
from common.web import now, session
from form_builder.faults import called
from form_builder.remarks import Computed
from form_builder.wtform import PageForm
from rules_dsl.evaluation import Evaluation
from rules_dsl.explain import sentences
from rules_dsl.unknown import Unknown
from runtime.engine import amounts
from runtime.engine.context import Context
from runtime.engine.state import State
from runtime.models.applications import Application
from runtime.worlds import context_of_filing


def with_amounts(page: PageForm, here: Application, answers: Mapping[str, Any]) -> PageForm:
    """The page with the amounts that stand on it, as if the dossier were received now with these answers."""
    if page.rules:
        context = context_of_filing(session(), here, here.version_id, now(), answers)
        page.computed = {each.rule: _told(page, context, each) for each in _evaluated(page, context)}
    return page


def _evaluated(page: PageForm, context: Context) -> Iterator[Evaluation]:
    """None of what no rule is called, and none at all where an answer cannot be read."""
    facts = amounts.facts_at(context, State(), "filing", now())
    if not isinstance(facts, Refusal):
        names = [name for name in page.rules if name in context.compiled.rulebook.rules]
        yield from amounts.evaluate(context, facts, names)


def _told(page: PageForm, context: Context, evaluation: Evaluation) -> Computed:
    title = context.compiled.rulebook.rules[evaluation.rule].title.in_(language())
    value = evaluation.value
    if isinstance(value, Money):
        return Computed(title, value.in_(language()))
    missing = _questions(page, value) if isinstance(value, Unknown) else ()
    if missing:
        return Computed(title, missing=missing)
    scope = context.compiled.scope_at("filing", context.case_type)
    return Computed(title, reason=sentences(evaluation, context.compiled.rules, language(), scope)[0])


def _questions(page: PageForm, unknown: Unknown) -> tuple[str, ...]:
    """The titles of what is not answered yet; none when more than answers is missing."""
    asked = [called(page.form, name, language()) for name in unknown.missing if page.form.field_at(name)]
    return tuple(asked) if len(asked) == len(unknown.missing) else ()
