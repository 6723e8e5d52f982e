"""One version in full, part by part: facts and findings, steps, form, rules."""

from typing import Any

from flask import abort, render_template, url_for

from common.clock import local_date
from common.web import language, now, session
from designer.offers import offers
from designer.step_rows import step_rows
from designer.views.blueprint import designer, keepers
from designer.views.counting import resting
from designer.views.drawing_words import drawing_in, drawing_words
from designer.views.places import placed
from form_builder.schema import read_form
from procedure_library import queries
from procedure_library.checks import check
from procedure_library.life.queries import withdrawals
from procedure_library.package import package_files
from procedure_library.reference import calendar_for
from procedure_library.transition import TransitionClause
from rules_dsl.formatter import format_rules
from rules_dsl.nodes.rules import Rule, RuleFile


@designer.get("/procedures/<key>/versions/<int:number>")
@keepers
def version(key: str, number: int) -> str:
    shown = _version(key, number)
    calendar = calendar_for(session(), local_date(now()))
    found = placed(check(shown["definition"], calendar), shown["definition"])
    clause = TransitionClause.of(shown["version"].publication)
    return render_template("designer/version.html", **shown, found=found, clause=clause)


@designer.get("/procedures/<key>/versions/<int:number>/steps")
@keepers
def version_steps(key: str, number: int) -> str:
    shown = _version(key, number)
    definition = shown["definition"]
    files = {path: content.decode() for path, content in package_files(definition)}
    return render_template(
        "designer/version_steps.html",
        **shown,
        rows=step_rows(definition),
        drawing=drawing_in(files, offers(files), key),
        counts=resting(shown["version"].id),
        addresses={"sheet": url_for("designer.version_sheet", key=key, number=number)},
        published=[],
        may_write=False,
        **drawing_words(key),
    )


@designer.get("/procedures/<key>/versions/<int:number>/form")
@keepers
def version_form(key: str, number: int) -> str:
    shown = _version(key, number)
    return render_template("designer/version_form.html", **shown, form=read_form(shown["definition"].form))


@designer.get("/procedures/<key>/versions/<int:number>/rules")
@keepers
def version_rules(key: str, number: int) -> str:
    shown = _version(key, number)
    return render_template("designer/version_rules.html", **shown, written=_written(shown["rules"]))


def _version(key: str, number: int) -> dict[str, Any]:
    found = (each for each in queries.versions_of(session(), key) if each.number == number)
    version = next(found, None) or abort(404)
    compiled = queries.definition_of(session(), version.id)
    titles = {rule.name: rule.title for rule in compiled.rules.rules if isinstance(rule, Rule)}
    definition, rules = compiled.definition, compiled.rules
    withdrawn = withdrawals(session(), (version.id,)).get(version.id)
    return {
        "version": version,
        "definition": definition,
        "rules": rules,
        "titles": titles,
        "withdrawn": withdrawn,
    }


def _written(rules: RuleFile) -> str:
    """The rules in the reader's spelling: Vietnamese and English say the same."""
    return format_rules(rules, "en" if language() == "en" else "vi")
