"""The commands that run an installation: init, run, web, worker, migrate, backup, restore, jobs.

They speak to an administrator at a terminal.
"""

import os
from pathlib import Path

import click

from common import logs
from common.backup import back_up, restore
from common.clock import system_clock
from common.jobs import Workshop, schedule, work_off
from common.operations import house, programs
from common.operations.database import application_url, open_database, owner_url
from common.operations.init_cli import init
from common.operations.jobs_cli import jobs
from common.operations.migrations import head, migrate, role_of
from common.operations.parts import Parts
from common.operations.plain import plainly
from common.problems import MotcuaError
from config import CHECKOUT, Settings, read_settings


def _settings() -> Settings:
    settings = read_settings()
    logs.configure(settings.log_level)
    return settings


@click.command("run")
@click.pass_obj
@plainly
def run(parts: Parts) -> None:
    """Start everything: database, worker and web server. Ctrl-C ends all of it."""
    house.run(_settings(), parts, click.echo)


@click.command("web")
@plainly
def web() -> None:
    """Start the web server alone."""
    settings = _settings()
    programs.refuse_taken_port(settings)
    os.chdir(CHECKOUT)
    command = programs.web_command(settings)
    os.execv(command[0], command)


@click.command("worker")
@click.pass_obj
@plainly
def worker(parts: Parts) -> None:
    """Run background jobs."""
    settings = _settings()
    workshop = Workshop(open_database(settings, serving=True), settings, system_clock)
    parts.prepare(workshop)
    schedule(parts.periodic)
    work_off(application_url(settings), workshop)


@click.command("migrate")
@click.pass_obj
@plainly
def bring_up_to_date(parts: Parts) -> None:
    """Bring the database to this version and load the ready-made procedures."""
    settings = _settings()
    open_database(settings, migrated=False)
    migrate(owner_url(settings), role_of(application_url(settings)))
    house.load(settings, parts, click.echo)
    click.echo(f"Cơ sở dữ liệu ở phiên bản {head()} · The database is at revision {head()}")


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@plainly
def backup(file: Path) -> None:
    """Write database and uploads into FILE."""
    settings = _settings()
    if file.exists():
        raise MotcuaError(f"{file}: exists already; a backup never overwrites another")
    if not os.access(file.absolute().parent, os.W_OK):
        raise MotcuaError(f"{file}: its folder does not exist or cannot be written")
    open_database(settings)
    back_up(settings, owner_url(settings), file, at=system_clock())
    click.echo(f"Đã sao lưu · Backed up: {file} ({file.stat().st_size:,} bytes)")


@click.command("restore")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@plainly
def bring_back(file: Path) -> None:
    """Bring database and uploads back from FILE, into an empty installation."""
    settings = _settings()
    open_database(settings, migrated=False)
    restore(settings, owner_url(settings), application_url(settings), file)
    click.echo(f"Đã khôi phục · Restored: {file}")


operations: list[click.Command] = [run, web, worker, bring_up_to_date, init, backup, bring_back, jobs]
