"""Commands tell an unusable surrounding in plain lines, never as a stack trace."""

import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from common.problems import MotcuaError
from config import SettingsError


def plainly(command: Callable[..., None]) -> Callable[..., None]:
    """For a command whose settings or database may be unusable: one line for each problem, exit code 1."""

    @wraps(command)
    def told(*arguments: Any, **options: Any) -> None:
        try:
            command(*arguments, **options)
        except (SettingsError, MotcuaError) as wrong:
            click.echo(str(wrong), err=True)
            sys.exit(1)

    return told
