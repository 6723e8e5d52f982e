"""What runs by the clock is registered in one place, and every job is known to the worker."""

import importlib
import re

from app import main
from common.jobs import Periodic, queue
from common.messages import word
from tests.structure.sources import PACKAGES, python, told

LISTS_PERIODIC = re.compile(r"^PERIODIC\b.*= ", re.MULTILINE)
DECLARES_A_JOB = re.compile(r"^@(?:job|queue\.task)\((?:name=)?\"([a-z_.]+)\"", re.MULTILINE)


def module(path: str) -> str:
    return path.removesuffix(".py").replace("/", ".")


def test_every_list_of_periodic_jobs_is_joined_by_the_composition_root() -> None:
    listed: list[Periodic] = []
    for path in python(*PACKAGES):
        if LISTS_PERIODIC.search(path.read_text(encoding="utf-8")):
            listed += importlib.import_module(module(told(path))).PERIODIC
    registered = main.context_settings["obj"].periodic
    assert {each.task.name for each in registered} == {each.task.name for each in listed}
    assert len(registered) == len({each.task.name for each in registered})


def test_nothing_is_registered_behind_its_back() -> None:
    strangers = [
        told(path)
        for path in python(*PACKAGES)
        if ".periodic(" in path.read_text(encoding="utf-8") and told(path) != "common/jobs.py"
    ]
    assert strangers == []


def test_the_worker_knows_every_job() -> None:
    declared = {
        name
        for path in python(*PACKAGES)
        for name in DECLARES_A_JOB.findall(path.read_text(encoding="utf-8"))
    }
    assert declared <= set(queue.tasks)
    assert declared


def test_every_job_is_called_something_in_both_languages() -> None:
    names = {
        name
        for path in python(*PACKAGES)
        for name in DECLARES_A_JOB.findall(path.read_text(encoding="utf-8"))
    }
    assert [
        name for name in sorted(names) for speak in ("vi", "en") if not word(f"@jobs.{name}", speak)
    ] == []
