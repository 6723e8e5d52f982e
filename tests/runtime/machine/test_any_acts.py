"""The state machine at work. `make soak` lets it run for as long as one likes (MOTCUA_MACHINE=examples)."""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as drawing
from hypothesis.stateful import run_state_machine_as_test

from common.db import Database
from config import Settings
from runtime.office import Office, equip
from tests.runtime.machine.connector import Register
from tests.runtime.machine.doing import AnyActs, AnyGraph, AnyReadyMade
from tests.runtime.machine.house import House

KEY = "a key for tests, of thirty-two letters and more"
EXAMPLES = int(os.environ.get("MOTCUA_MACHINE", "0"))
STEPS = 10


@pytest.fixture
def house(pool: Database, office: Office, settings: Settings) -> Iterator[Callable[[], House]]:
    """Makes the town hall of an example; its automatic steps ask a register at a real address."""
    register = Register()
    equip(pool.engine, replace(office, sends_mail=True))
    connected = replace(settings, connectors=(("tax", register.address),), connector_key=KEY)
    yield lambda: House(pool.engine.connect(), office, connected, register)
    register.close()


@pytest.mark.parametrize(("machine", "few"), [(AnyGraph, 20), (AnyReadyMade, 15)])
def test_any_acts_keep_every_promise(house: Callable[[], House], machine: type[AnyActs], few: int) -> None:
    run_state_machine_as_test(
        lambda: machine(house),
        settings=drawing(
            max_examples=EXAMPLES or few,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=not EXAMPLES,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
