"""`motcua init`: sets up an installation. What is not given as an option is asked, one question after another."""

import sys
from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any, TextIO

import click

from common import logs
from common.clock import system_clock
from common.identity.administration.units import LEVELS
from common.jobs import Workshop
from common.messages import message_of
from common.operations.database import application_url, open_database, owner_url
from common.operations.first import (
    FirstAdministrator,
    has_administrator,
    make_first_administrator,
    refusal_in,
    tidy,
)
from common.operations.migrations import migrate, role_of
from common.operations.parts import Parts
from common.operations.plain import plainly
from common.problems import Refusal
from config import read_settings

QUESTIONS: Mapping[str, str] = {
    "unit_name": "Tên cơ quan · Name of the agency",
    "unit_code": "Mã định danh cơ quan, in trong mã hồ sơ · Code of the agency, printed in dossier codes",
    "level": "Cấp: province = tỉnh, department = sở, ngành, commune = xã · Level",
    "area_code": "Mã địa bàn: tỉnh 2 chữ số, xã 5 chữ số · Area code: province 2 digits, commune 5",
    "province_code": "Mã tỉnh, 2 chữ số · Code of the province, 2 digits",
    "full_name": "Họ và tên người quản trị · Full name of the administrator",
    "login": "Tên đăng nhập · Sign-in name",
    "password": "Mật khẩu · Password",
}


@click.command("init")
@click.option("--agency", "unit_name", help="Name of the agency.")
@click.option("--code", "unit_code", help="Its identification code, printed in dossier codes.")
@click.option("--level", type=click.Choice(LEVELS), help="Its level.")
@click.option("--area", "area_code", help="Its area code: 2 digits for a province, 5 for a commune.")
@click.option("--province", "province_code", help="Code of the province, for an agency at commune level.")
@click.option("--name", "full_name", help="Full name of the administrator.")
@click.option("--login", help="Sign-in name of the administrator.")
@click.option(
    "--password-file", type=click.File(), help="A file whose first line is the password; - for input."
)
@click.pass_obj
@plainly
def init(parts: Parts, password_file: TextIO | None, **given: str | None) -> None:
    """Set up a new installation and its first administrator; asks what no option says."""
    settings = read_settings()
    logs.configure(settings.log_level)
    database = open_database(settings, migrated=False)
    migrate(owner_url(settings), role_of(application_url(settings)))
    workshop = Workshop(database, settings, system_clock)
    parts.prepare(workshop)
    parts.load_library(workshop)
    with database.transaction() as session:
        if has_administrator(session):
            click.echo("Đã có người quản trị. · There is an administrator already.")
            return
    password = password_file.readline().rstrip("\r\n") if password_file else None
    first = answered({**given, "password": password})
    with database.transaction() as session:
        refusal = make_first_administrator(session, first, at=system_clock())
    if refusal:
        _give_up(refusal)
    click.echo("Xong. Chạy: motcua run · Done. Now: motcua run")


def answered(given: Mapping[str, str | None]) -> FirstAdministrator:
    """Every answer: the given ones judged, the others asked until they can be taken."""
    answers: dict[str, str] = {}
    for field in (each.name for each in fields(FirstAdministrator)):
        answer = given[field]
        if answer is None and not _is_asked(field, answers):
            answer = ""
        if answer is None:
            answers[field] = _asked(field, answers)
            continue
        answers[field] = tidy(field, answer)
        if refusal := refusal_in(field, answers):
            _give_up(refusal)
    return FirstAdministrator(**answers)


def _is_asked(field: str, answers: Mapping[str, str]) -> bool:
    return field != "province_code" or answers["level"] == "commune"


def _asked(field: str, answers: Mapping[str, str]) -> str:
    more: dict[str, Any] = {"value_proc": _judging(field, answers)}
    if field == "password":
        more |= {"hide_input": True, "confirmation_prompt": True}
    if field == "area_code" and answers["level"] == "department":
        more |= {"default": "", "show_default": False}
    return str(click.prompt(QUESTIONS[field], **more))


def _judging(field: str, answers: Mapping[str, str]) -> Callable[[str], str]:
    def judged(typed: str) -> str:
        answer = tidy(field, typed)
        if refusal := refusal_in(field, {**answers, field: answer}):
            raise click.UsageError("\n".join(_said(refusal)))
        return answer

    return judged


def _said(refusal: Refusal) -> list[str]:
    told = [message_of(refusal, language) for language in ("vi", "en")]
    return [f"{each.text} {each.remedy}" for each in told]


def _give_up(refusal: Refusal) -> None:
    click.echo("\n".join(_said(refusal)), err=True)
    sys.exit(1)
