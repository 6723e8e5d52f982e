"""A plugin of pytest, for hunt.mutation: runs the collected tests once for each mutant, in a process of its own.

pytest reads and collects the tests a single time; each mutant gets a copy of that process (fork) and runs only
tests that reach the broken function, until one fails: those first that noticed other mutants of the function,
then those that see much in little time. mutmut itself collects anew for each mutant, which costs more than the
tests do.
"""

import gc
import json
import os
import resource
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatch
from hashlib import sha256
from itertools import accumulate, takewhile
from pathlib import Path
from time import process_time

import pytest
from mutmut.mutation.data import SourceFileMutationData
from mutmut.mutation.trampoline import set_mutant_under_test
from mutmut.state import state
from mutmut.utils.file_utils import change_cwd, walk_mutatable_files
from mutmut.utils.format_utils import mangled_name_from_mutant_name

# How mutmut stores the fate of a mutant.
SURVIVED, KILLED, NO_TESTS, TIMEOUT = 0, 1, 33, 36
# Seconds of the processor: as much of the tests as a mutant is put to, so that what survives does not cost a
# minute; and when it counts as one that never comes to an end.
ENOUGH_TESTS, ENDLESS = 4, 12
# In bytes: a mutant that fills the memory does not come to an end either.
MEMORY = 4 * 2**30
SAVED_EVERY = 50
# pytest keeps for itself what is written later.
TELL = os.dup(2)

Mutant = tuple[SourceFileMutationData, str]


@dataclass
class Reached:
    """The tests that reach a function, by their place among the items, and how often each noticed a mutant.

    `price` is what a test costs for each function that it sees.
    """

    seconds: dict[int, float] = field(default_factory=dict)
    price: dict[int, float] = field(default_factory=dict)
    noticed: dict[int, int] = field(default_factory=lambda: defaultdict(int))

    def in_order(self) -> list[int]:
        tests = sorted(self.seconds, key=lambda test: (-self.noticed[test], self.price[test]))
        spent = accumulate(self.seconds[test] for test in tests)
        return tests[: 1 + sum(1 for _ in takewhile(lambda seconds: seconds < ENOUGH_TESTS, spent))]


@dataclass
class Trial:
    """A process at work on a mutant; it writes the number of the test that notices it."""

    mutant: Mutant
    function: Reached
    told: int

    def over(self, status: int, seconds: float) -> None:
        data, name = self.mutant
        data.durations_by_key[name] = seconds
        data.exit_code_by_key[name] = os.WEXITSTATUS(status) if os.WIFEXITED(status) else TIMEOUT
        with os.fdopen(self.told) as told:
            if noticed := told.read():
                self.function.noticed[int(noticed)] += 1


def pytest_runtestloop(session: pytest.Session) -> bool:
    reached = reached_by(session.items)
    mutants = undecided(os.environ["MOTCUA_MUTANTS"].split())
    workers = int(os.environ["MOTCUA_WORKERS"])
    running: dict[int, Trial] = {}
    # What is there by now is never thrown away: the copies need not touch it.
    gc.freeze()
    for number, (data, name) in enumerate(mutants, 1):
        function = reached.get(mangled_name_from_mutant_name(name))
        if function is None:
            data.exit_code_by_key[name] = NO_TESTS
            continue
        process, told = begun(name, function, session.items)
        running[process] = Trial((data, name), function, told)
        while len(running) >= workers:
            wait_for_one(running)
        if number % SAVED_EVERY == 0:
            save(mutants)
            os.write(TELL, f"{number} of {len(mutants)} tried\n".encode())
    while running:
        wait_for_one(running)
    save(mutants)
    return True


def wait_for_one(running: dict[int, Trial]) -> None:
    process, status, used = os.wait4(-1, 0)
    running.pop(process).over(status, used.ru_utime + used.ru_stime)


def undecided(patterns: list[str]) -> list[Mutant]:
    """The mutants of these names that nothing has noticed yet, those that were never tried first.

    Else in an order that has nothing to do with the code: wherever the hunt is broken off, what was tried is a
    fair sample of the whole.
    """
    with change_cwd(".."):
        every = [SourceFileMutationData(path=path) for path in walk_mutatable_files()]
        for data in every:
            data.load()
    open_ones = [(data, name) for data in every for name in _open(data, patterns)]
    return sorted(open_ones, key=_in_turn)


def _in_turn(mutant: Mutant) -> tuple[bool, bytes]:
    data, name = mutant
    return data.exit_code_by_key[name] is not None, sha256(name.encode()).digest()


def _open(data: SourceFileMutationData, patterns: list[str]) -> Iterator[str]:
    for name, code in data.exit_code_by_key.items():
        if code not in (KILLED, TIMEOUT) and any(fnmatch(name, pattern) for pattern in patterns):
            yield name


def save(mutants: list[Mutant]) -> None:
    with change_cwd(".."):
        for data in {id(data): data for data, _ in mutants}.values():
            data.save()


def reached_by(items: list[pytest.Item]) -> dict[str, Reached]:
    """By function: the tests that call it. All tests pass while nothing is broken."""
    told = Path("reached.json")
    process = in_a_copy(lambda: _reaching(items, told))
    if os.waitpid(process, 0)[1]:
        raise pytest.UsageError("A test fails though nothing is broken.")
    reached: dict[str, Reached] = defaultdict(Reached)
    for number, (seconds, functions) in enumerate(json.loads(told.read_text(encoding="utf-8"))):
        for function in functions:
            reached[function].seconds[number] = seconds
            reached[function].price[number] = seconds / len(functions)
    return dict(reached)


def _reaching(items: list[pytest.Item], told: Path) -> int:
    set_mutant_under_test("stats")
    found = []
    for item in items:
        state()._stats.clear()
        before = process_time()
        if fails(item):
            os.write(TELL, f"{item.nodeid} fails\n".encode())
            return KILLED
        found.append((process_time() - before, sorted(state()._stats)))
    told.write_text(json.dumps(found), encoding="utf-8")
    return SURVIVED


def begun(name: str, function: Reached, items: list[pytest.Item]) -> tuple[int, int]:
    """A process that runs the tests of the function with this mutant in its place, and where it tells."""
    read, write = os.pipe()
    process = in_a_copy(lambda: _trying(name, function.in_order(), items, write), ENDLESS)
    os.close(write)
    return process, read


def _trying(name: str, tests: Iterable[int], items: list[pytest.Item], write: int) -> int:
    set_mutant_under_test(name)
    for test in tests:
        if fails(items[test]):
            os.write(write, str(test).encode())
            return KILLED
    return SURVIVED


def fails(item: pytest.Item) -> bool:
    """Without the reports of pytest: nobody reads them, and to word a failure takes longer than to find it."""
    state_of_fixtures = item.session._setupstate
    try:
        item._initrequest()  # type: ignore[attr-defined]
        state_of_fixtures.setup(item)
        item.runtest()
        state_of_fixtures.teardown_exact(None)
    except BaseException:
        return True
    return False


def in_a_copy(work: Callable[[], int], seconds: int | None = None) -> int:
    """A copy of this process that does the work, in so many seconds of the processor; its exit code tells how."""
    child = os.fork()
    if child == 0:
        code = KILLED
        try:
            if seconds is not None:
                resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
                resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            code = work()
        finally:
            os._exit(code)
    return child
