"""What an official ticked and typed about papers: counted when taken, named when missing."""

from flask import request

from common.i18n import language
from common.web import now, session
from procedure_library.compiled import Compiled
from rules_dsl.nodes import Component
from runtime.differences import Difference, difference
from runtime.engine.event import Paper
from runtime.queries import DossierView

MOST_COPIES = 999
SORTS = ("originals", "certified", "photocopies")


def papers_counted(compiled: Compiled, case_type: str) -> tuple[Paper, ...]:
    """The papers counted at the counter: `paper.KEY.originals` and so on; those with nothing are left out."""
    kind = compiled.case_type(case_type)
    counted = (
        Paper(name, **{sort: _count(f"paper.{name}.{sort}") for sort in SORTS})
        for name in (kind.components if kind else ())
    )
    return tuple(paper for paper in counted if paper.originals or paper.certified or paper.photocopies)


def missing_and_words(compiled: Compiled) -> str:
    """The components ticked as missing, numbered, then what was typed."""
    ticked = set(request.form.getlist("missing"))
    rules = [rule for rule in compiled.rules.rules if isinstance(rule, Component) and rule.name in ticked]
    lines = [f"{number}. {rule.title.in_(language())}" for number, rule in enumerate(rules, start=1)]
    typed = request.form.get("reason", "").strip()
    return "\n".join([*lines, *([typed] if typed else [])])


def components_of(view: DossierView) -> tuple[Component, ...]:
    """The components of the dossier's case type, in its order."""
    kind = view.compiled.case_type(view.dossier.case_type)
    rules = {rule.name: rule for rule in view.compiled.rules.rules if isinstance(rule, Component)}
    return tuple(rules[name] for name in (kind.components if kind else ()))


def changed_since_filing(view: DossierView) -> Difference | None:
    """What the applicant has to confirm or complete before reception may take the dossier; None: nothing."""
    if view.dossier.status != "submitted":
        return None
    changed = difference(session(), view.application, now())
    return changed if changed is not None and changed.must_be_confirmed else None


def _count(name: str) -> int:
    typed = request.form.get(name, "").strip()
    return min(int(typed), MOST_COPIES) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 0
