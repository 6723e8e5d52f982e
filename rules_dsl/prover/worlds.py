"""Makes the world in which a file of rules is proved: any answers the form admits, on any day of the calendar."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from rules_dsl import nodes as n
from rules_dsl.dossier_facts import DAY_OF
from rules_dsl.evaluation import Reference
from rules_dsl.fact_types import FactType, Scope
from rules_dsl.kinds import Kinds, currency_of
from rules_dsl.moment import DAY_FACTS
from rules_dsl.prover.admitted import Admission
from rules_dsl.prover.admitted_values import SECONDS_A_DAY, sort_of
from rules_dsl.prover.any_answers import Leaf, Planting, Schema, read_by_conditions
from rules_dsl.prover.civil import Civil
from rules_dsl.prover.constants import exact
from rules_dsl.prover.logic import Term, any_of, at_most, between, equal, plus, times
from rules_dsl.prover.outcomes import for_another
from rules_dsl.prover.unknowns import Unknowns
from rules_dsl.prover.words import Words, words_in
from rules_dsl.prover.working_days import WorkingDays
from rules_dsl.prover.world import World
from rules_dsl.walk import expressions_of

DOSSIER = "dossier."
# Of the dossier's texts, should no rule compare them: a commune by its code, the common case type.
EXAMPLES = {"dossier.area": "00001", "dossier.case_type": "ordinary"}
# What comes after what, if it comes.
AFTER = {
    "dossier.paid_on": "dossier.submitted_on",
    "dossier.due_on": "dossier.received_on",
    "dossier.decided_on": "dossier.received_on",
    "dossier.finished_on": "dossier.received_on",
}
# Where no calendar says which years are meant: dossiers of this century.
CENTURY = date(2000, 1, 1).toordinal(), date(2099, 12, 31).toordinal()
# Whatever day it is: a line whose days are further away is dead.
OLDEST, NEWEST = date(1900, 1, 1).toordinal(), date(2199, 12, 31).toordinal()


@dataclass(frozen=True, slots=True)
class Subject:
    """What is proved: a file against a form at one moment, with the reference data that is loaded."""

    rules: n.RuleFile
    scope: Scope
    schema: Schema
    reference: Reference


def any_world(subject: Subject) -> World:
    words = _words(subject)
    fields = {name: fact.kind for name, fact in subject.scope.facts.items()}
    planting = Planting(subject.schema, Unknowns(), fields, _read(subject))
    kinds = Kinds.of_file(subject.rules, subject.scope)
    return _world(subject, words, planting, Civil(planting.unknowns), kinds)


def beside(world: World, subject: Subject, place: str) -> World:
    """A second world that shares everything but the value of the field at `place`."""
    known = world.planting.unknowns
    known.settle()
    unknowns = replace(known, assumed=list(known.assumed), products=list(known.products))
    planting = replace(world.planting, changed=place, unknowns=unknowns)
    # What the second world takes apart is tied together there only.
    civil = Civil(unknowns, dict(world.civil.days))
    return _world(subject, world.words, planting, civil, world.kinds)


def _world(subject: Subject, words: Words, planting: Planting, civil: Civil, kinds: Kinds) -> World:
    days = WorkingDays(subject.reference.calendar) if subject.reference.calendar else None
    form = planting.form()
    dossier = dict(_dossier(subject.scope, planting))
    planting.unknowns.assume(*Admission(planting, words).truths(form))
    planting.unknowns.assume(*_facts(dossier, subject.scope, words), *_in_order(dossier))
    return World(
        planting=planting,
        words=words,
        scope=subject.scope,
        form=form,
        dossier=dossier,
        reference=subject.reference,
        days=days,
        span=tuple(_span(dossier, days)),
        civil=civil,
        kinds=kinds,
        rules={rule.name: rule for rule in subject.rules.rules if rule.name},
        currencies=_currencies(subject.rules, kinds),
        another=for_another,
    )


def _read(subject: Subject) -> frozenset[str]:
    """The fields that the rules read, or conditions of the form."""
    names = (
        part.path for rule in subject.rules.rules for part in expressions_of(rule) if isinstance(part, n.Name)
    )
    return frozenset((*names, *read_by_conditions(subject.schema)))


def _currencies(rules: n.RuleFile, kinds: Kinds) -> dict[str, str]:
    return {rule.name: currency_of(rule, kinds) for rule in rules.rules if isinstance(rule, n.AmountRule)}


def _words(subject: Subject) -> Words:
    """Every word that is compared anywhere, before the first of them is used."""
    words = Words()
    written = (*words_in(subject.rules), *_texts(subject.schema))
    listed = (value for fact in subject.scope.facts.values() for value in fact.values)
    keys = (key for rows in subject.reference.parameters.values() for row in rows for key in row.keys)
    for word in (*written, *listed, *keys):
        words.number(word)
    return words


def _texts(schema: Any) -> Iterator[str]:
    """The texts that a schema names as values."""
    if isinstance(schema, Mapping):
        for keyword, part in schema.items():
            if keyword in ("const", "enum"):
                yield from (
                    each for each in (part if isinstance(part, list) else [part]) if isinstance(each, str)
                )
            yield from _texts(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from _texts(part)


def _dossier(scope: Scope, planting: Planting) -> Iterator[tuple[str, Leaf]]:
    """The facts of the dossier. A day and its instant are one unknown day and one of the seconds in it."""
    for name, fact in scope.facts.items():
        if name.startswith(DOSSIER):
            present = fact.always or planting.unknown("boolean", f"{name}?", "given")
            schema = {"examples": [EXAMPLES[name]]} if name in EXAMPLES else {}
            yield name, Leaf(name, name, schema, fact.kind, present, _term(name, fact, planting))


def _term(name: str, fact: FactType, planting: Planting) -> Term:
    for day, instant in DAY_OF.items():
        if name == day:
            return planting.unknown("integer", day)
        if name == instant:
            clock = planting.unknown("integer", instant, "clock")
            planting.unknowns.assume(between(0, clock, SECONDS_A_DAY - 1))
            return plus(times(planting.unknown("integer", day), SECONDS_A_DAY), clock)
    sort = {"boolean": "boolean", "decimal": "real"}.get(fact.kind, "integer")
    return planting.unknown(sort, name)


def _facts(dossier: Mapping[str, Leaf], scope: Scope, words: Words) -> Iterator[Term]:
    """What holds of the dossier's facts by their types."""
    for name, leaf in dossier.items():
        fact = scope.facts[name]
        if fact.kind == "choice" and fact.values:
            yield any_of(*(equal(leaf.term, words.number(value)) for value in fact.values))
        else:
            yield from sort_of(leaf, words)
        if fact.minimum is not None:
            yield at_most(exact(fact.minimum), leaf.term)
        if fact.maximum is not None:
            yield at_most(leaf.term, exact(fact.maximum))


def _in_order(dossier: Mapping[str, Leaf]) -> Iterator[Term]:
    """Filed, then received, then all the rest; by no law of another age."""
    for leaf in dossier.values():
        if leaf.kind == "date":
            yield between(OLDEST, leaf.term, NEWEST)
    yield at_most(dossier["dossier.submitted_at"].term, dossier["dossier.received_at"].term)
    for later, earlier in AFTER.items():
        if later in dossier:
            yield at_most(dossier[earlier].term, dossier[later].term)


def _span(dossier: Mapping[str, Leaf], days: WorkingDays | None) -> Iterator[Term]:
    """All on days that the calendar covers."""
    first, last = (days.first, days.last) if days else CENTURY
    for fact in DAY_FACTS.values():
        yield between(first, dossier[fact].term, last)
