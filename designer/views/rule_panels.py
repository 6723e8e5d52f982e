"""The panels beside the rules that are being written: trying them, and their examples. Nothing is saved."""

from collections.abc import Mapping
from typing import Any

from flask import render_template, request

from common.calendar import WorkingCalendar
from common.clock import local_date
from common.problems import Problem
from common.web import language, now, session
from designer.rule_editing.explained import Explained
from designer.rule_editing.situations import situations
from designer.rule_editing.trial_form import beginnings, facts_body, reference_of, trial_schema
from designer.rule_editing.written import Written, written
from designer.tried_form import tried_form
from designer.views.blueprint import designer, keepers
from designer.views.places import linked
from designer.views.rule_editing import typed_briefly
from designer.views.rule_reading import files_with, rules_opened
from form_builder.pages import Reply, take
from form_builder.posted import Posted
from form_builder.wtform import PageForm
from procedure_library.checks.rule_use import read_by
from procedure_library.reference import calendar_for
from rules_dsl.evaluation import Reference
from rules_dsl.facts import read_facts

# Not answered yet is no mistake while one tries.
UNANSWERED = (
    "form.required",
    "form.not_chosen",
    "form.not_declared",
    "form.block_missing",
    "form.no_rows",
)
# No question of a form has a hyphen in its key.
RULE = "tried-rule"
ALL = "form"


@designer.post("/drafts/<int:number>/rules/trial")
@keepers
def try_rules(number: int) -> str:
    """The questions that the chosen rule reads, and what it gives for the answers so far, with its reasons."""
    subject = _written(number)
    if not isinstance(subject, Written):
        return render_template("designer/_rule_trial.html", number=number, blocked=linked(number, subject))
    rules = subject.explaining.book.rules
    chosen = request.form.get(RULE, "")
    chosen = chosen if chosen in rules else next(iter(rules), "")
    reply, problems, outcome = _tried(subject, chosen)
    return render_template(
        "designer/_rule_trial.html",
        number=number,
        rules=rules,
        chosen=chosen,
        shown=reply.page,
        problems=problems,
        outcome=outcome,
    )


@designer.post("/drafts/<int:number>/rules/examples")
@keepers
def rule_examples(number: int) -> str:
    """Each example of the rules and of the draft: whether it holds, what came out and why."""
    subject = _written(number)
    if not isinstance(subject, Written):
        return render_template("designer/_rule_examples.html", number=number, blocked=linked(number, subject))
    found = situations(subject, _calendar())
    return render_template("designer/_rule_examples.html", number=number, situations=found)


def _written(number: int) -> Any:
    return written(files_with(rules_opened(number), typed_briefly()))


def _tried(subject: Written, chosen: str) -> tuple[Reply, tuple[Problem, ...], tuple[Explained, ...]]:
    """The form as it now stands, what is wrong with the answers, and the rule's value for them."""
    explaining = subject.explaining
    read = read_by({rule.name: rule for rule in explaining.rules.rules}, [chosen])
    schema = trial_schema(subject.definition.form, explaining.rules, read, explaining.scope.facts)
    rows = iter(f"r{place}" for place in range(1, 1000))
    reply = take(tried_form(schema), ALL, _typed(schema), {}, language(), new_id=lambda: next(rows))
    wrong = tuple(problem for problem in reply.problems if problem.code not in UNANSWERED)
    _leave_out_unanswered(reply.page)
    facts = read_facts(explaining.scope, facts_body(reply.answers))
    if wrong or isinstance(facts, tuple):
        return reply, wrong, ()
    reference = reference_of(reply.answers, explaining.rules, Reference(_calendar()))
    return reply, (), explaining.all([chosen], facts, reference)


def _leave_out_unanswered(page: PageForm) -> None:
    for question in page.every:
        question.problems = tuple(problem for problem in question.problems if problem.code not in UNANSWERED)
    page.summary = tuple(
        (anchor, problem) for anchor, problem in page.summary if problem.code not in UNANSWERED
    )


def _typed(schema: Mapping[str, Any]) -> Posted:
    """What was posted, and what a field begins with that was not there before."""
    posted = Posted.of(request.form)
    begun = {name: [text] for name, text in beginnings(schema, local_date(now())).items()}
    known = {name for name in begun if any(each.partition("-")[0] == name for each in posted)}
    return posted.with_({name: texts for name, texts in begun.items() if name not in known})


def _calendar() -> WorkingCalendar | None:
    return calendar_for(session(), local_date(now()))
