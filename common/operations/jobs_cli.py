"""`motcua jobs`: what the machine still has to do, what it failed to do, and doing that again.

Exit codes: 0 nothing has failed (or all that was named is done again); 1 something has (or is not); 2 wrong use.
"""

import getpass
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict

import click

from common.clock import system_clock
from common.identity.actor import machine
from common.job_list import FailedJob, Kind, all_failed, kinds
from common.job_list import retry as retry_jobs
from common.operations.database import open_database
from common.operations.plain import plainly
from config import read_settings

SHOWN = 50


@click.group("jobs", invoke_without_command=True)
@click.option("--json", "in_json", is_flag=True, help="Print JSON for machines.")
@click.pass_context
@plainly
def jobs(context: click.Context, in_json: bool) -> None:
    """List background jobs that wait or have failed, by kind."""
    if context.invoked_subcommand is not None:
        return
    with open_database(read_settings()).transaction() as session:
        found, failures = kinds(session), all_failed(session)
    click.echo(_as_json(found, failures) if in_json else "\n".join(_lines(found, failures)))
    sys.exit(1 if failures else 0)


@jobs.command("retry")
@click.argument("ids", metavar="[ID]...", type=click.IntRange(1, 2**63 - 1), nargs=-1)
@click.option("--all", "every", is_flag=True, help="All that have failed.")
@click.option("--by", default=getpass.getuser, help="Who wants it, for the log.")
@plainly
def retry(ids: tuple[int, ...], every: bool, by: str) -> None:
    """Do failed jobs again, with all their tries before them."""
    if every == bool(ids):
        raise click.UsageError("name the jobs, or say --all")
    with open_database(read_settings()).transaction() as session:
        wanted = tuple(job.id for job in all_failed(session)) if every else ids
        done = retry_jobs(session, wanted, by=machine(by[:200]), at=system_clock())
    click.echo(f"Làm lại · To be done again: {len(done)}")
    if left := [job for job in wanted if job not in done]:
        named = ", ".join(map(str, left))
        click.echo(
            f"Không phải việc hỏng, hoặc đang chờ sẵn · Not failed, or waiting already: {named}", err=True
        )
        sys.exit(1)


def _as_json(found: Sequence[Kind], failures: Sequence[FailedJob]) -> str:
    body = {"kinds": [asdict(kind) for kind in found], "failed": [asdict(job) for job in failures]}
    return json.dumps(body, default=lambda at: at.isoformat(), indent=1)


def _lines(found: Sequence[Kind], failures: Sequence[FailedJob]) -> list[str]:
    if not found:
        return ["Không có việc nào đang chờ hay hỏng. · Nothing waits and nothing has failed."]
    width = max(len(kind.name) for kind in found)
    lines = [f"{'':<{width}}  chờ·waiting  làm·running  hỏng·failed  lỗi·last error"]
    lines += [
        f"{kind.name:<{width}}  {kind.waiting:>11}  {kind.running:>11}  {kind.failed:>11}  {kind.last_error}"
        for kind in found
    ]
    lines += [
        f"#{job.id} {job.name} {json.dumps(job.parameters)} {job.error}".rstrip() for job in failures[:SHOWN]
    ]
    if len(failures) > SHOWN:
        lines.append(f"… +{len(failures) - SHOWN}; --json")
    return lines
