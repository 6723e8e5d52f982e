"""Composition root: the only file that knows every part of the house."""

from pathlib import Path

import click
from flask import Flask
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from common import housekeeping as sweeping
from common import i18n, logs
from common.clock import Clock, system_clock
from common.db import Database
from common.guide import views as guide
from common.health import health
from common.identity import demo as demo_doors
from common.identity import housekeeping as accounts
from common.identity import sign_in
from common.identity.administration import views as administration
from common.identity.delegation_pages import delegations
from common.identity.views import identity
from common.jobs import Workshop
from common.operations.cli import operations
from common.operations.database import application_url
from common.operations.parts import Parts
from common.problems import Finding
from common.typesetting.typeset import check_font
from common.web import (
    Surroundings,
    assets,
    bodies,
    errors,
    headers,
    navigation,
    page,
    requests,
    session_cookie,
)
from config import Settings, read_settings
from designer import housekeeping as drafting
from designer import views as designer
from form_builder.cli import forms
from procedure_library.cli import procedures
from procedure_library.course_trials import try_courses
from procedure_library.definition import Definition
from procedure_library.letter_trials import try_letters
from procedure_library.loading import load_library
from procedure_library.reference_cli import reference
from procedure_library.shipped_places import national_places
from rules_dsl.cli import rules
from runtime import jobs
from runtime import views as runtime
from runtime.cli import dossiers
from runtime.demo import load as demo
from runtime.demo.accounts import ACCOUNTS
from runtime.importing.cli import import_dossiers
from runtime.letters.proof import pages, proof, trial
from runtime.office import Office, equip
from runtime.resting import resting
from runtime.trial.player import play
from runtime.trial.retelling import retell
from runtime.under_way import under_way

HERE = Path(__file__).parent
TOURS = (HERE / "designer/tours.toml", HERE / "runtime/tours.toml")
EIGHT_HOURS = 8 * 3600
BLUEPRINTS = (
    identity,
    delegations,
    administration.administration,
    health,
    *runtime.BLUEPRINTS,
    designer.designer,
)
NAVIGATION = (*runtime.NAVIGATION, *designer.NAVIGATION, *administration.NAVIGATION)


def _load_library(workshop: Workshop) -> None:
    with workshop.database.transaction() as session:
        load_library(session, at=workshop.clock())


def _prepare(workshop: Workshop) -> None:
    check_font()
    equip(workshop.database.engine, Office.of(workshop.settings))


def _load_demo(workshop: Workshop) -> None:
    with workshop.database.transaction() as session:
        demo.load(session, at=workshop.clock())


def _findings(definition: Definition) -> tuple[Finding, ...]:
    courses = try_courses(definition, play, None)
    return (*courses, *try_letters(definition, trial, None, at=system_clock()))


PARTS = Parts(
    prepare=_prepare,
    load_library=_load_library,
    load_demo=_load_demo,
    demo_accounts=lambda: ACCOUNTS,
    findings=_findings,
    periodic=(*sweeping.PERIODIC, *accounts.PERIODIC, *drafting.PERIODIC, *jobs.PERIODIC),
)


def create_app(settings: Settings, *, database: Database | None = None, clock: Clock = system_clock) -> Flask:
    """The web application; without a database given, on the one that the settings name."""
    database = database or Database(application_url(settings))
    app = Flask("motcua", root_path=str(HERE), template_folder="templates", static_folder=None)
    app.config.from_mapping(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="motcua",
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=EIGHT_HOURS,
        # A form may stay open as long as its session: half a day's typing is not lost to a clock.
        WTF_CSRF_TIME_LIMIT=None,
        MAX_CONTENT_LENGTH=settings.upload_limit,
    )
    equip(database.engine, Office.of(settings))
    app.extensions["motcua"] = Surroundings(settings, database, clock)
    app.extensions["motcua.letter_press"] = proof
    app.extensions["motcua.letter_trial"] = trial
    app.extensions["motcua.letter_pages"] = pages
    app.extensions["motcua.resting"] = resting
    app.extensions["motcua.under_way"] = under_way
    app.extensions["motcua.player"] = play
    app.extensions["motcua.reteller"] = retell
    app.jinja_env.add_extension("jinja2.ext.do")
    # In the order of a request: language, who may, how much, then whether the form is really ours.
    for part in (session_cookie, logs, i18n, sign_in, requests, bodies, headers, errors, assets, page):
        part.install(app)
    guide.install(app, TOURS)
    demo_doors.install(app, ACCOUNTS if settings.demo else ())
    CSRFProtect(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    navigation.install(app, NAVIGATION)
    if settings.proxies:
        trusted = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=trusted, x_proto=trusted, x_host=trusted)  # type: ignore[method-assign]
    return app


def serve() -> Flask:
    """What the web server calls: settings from the environment, logs on standard output."""
    settings = read_settings()
    logs.configure(settings.log_level)
    check_font()
    return create_app(settings)


forms.context_settings["obj"] = national_places
main = click.Group(
    "motcua",
    commands=[*operations, rules, forms, procedures, reference, dossiers, import_dossiers],
    context_settings={"obj": PARTS},
    help="Một Cửa: thủ tục, hồ sơ, một cửa. · Motcua: one door for procedures and dossiers.",
)

if __name__ == "__main__":
    main()
