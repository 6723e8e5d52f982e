"""The promise, tried on the ready-made procedures: at each moment its rules have a value for any answers."""

from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from form_builder.judge import judge
from form_builder.moments import answers_at
from form_builder.schema import read_form
from procedure_library.checks.rule_moments import scope_at, wanted
from procedure_library.checks.rule_use import only
from procedure_library.checks.subject import Subject
from procedure_library.compiled import compiled
from procedure_library.ready_made import local_amounts, packages
from rules_dsl.evaluation import ParameterValue, Reference
from tests.form_builder.samples import answers_for
from tests.procedure_library.test_catalogue import read, with_folder
from tests.rules_dsl.promise_kept import Kept, dossier
from tests.rules_dsl.world import calendar


def amounts_of(procedure: str) -> dict[str, tuple[ParameterValue, ...]]:
    """What the province of the demonstration decides for the procedure."""
    decided = [amount for amount in local_amounts() if amount.procedure == procedure]
    names = dict.fromkeys(amount.name for amount in decided)
    return {name: tuple(each.value for each in decided if each.name == name) for name in names}


@pytest.mark.parametrize("folder", packages(), ids=with_folder)
@settings(max_examples=15, deadline=None, database=None)
@given(data=st.data())
def test_at_each_moment_its_rules_have_a_value(folder: Path, data: st.DataObject) -> None:
    definition = read(folder)
    subject, ready = Subject(definition), compiled(definition)
    answers = data.draw(answers_for(read_form(definition.form)))
    world = Reference(calendar(), amounts_of(definition.key))
    choose = Random(data.draw(st.integers(0, 2**32)))
    for kind in definition.case_types:
        for moment, names in wanted(subject, kind):
            schema = ready.schema_at(moment, kind.key)
            given_by_then = answers_at(schema, answers)
            assert judge(schema, given_by_then) == ()
            kept = Kept(
                only(subject.parsed.rules, subject.rules, names), scope_at(subject, moment, kind), world
            )
            situation = {**dossier(choose), "case_type": kind.key}
            assert kept.broken(given_by_then, situation) == [], (moment, kind.key)
