"""The top of the command line: an unusable surrounding is told in plain lines, never as a stack trace."""

import sys
from typing import Any

import click

from common.problems import MotcuaError
from config import SettingsError


class PlainGroup(click.Group):
    """Commands whose settings or database may be unusable: one line for each problem, exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (SettingsError, MotcuaError) as wrong:
            click.echo(str(wrong), err=True)
            sys.exit(1)
