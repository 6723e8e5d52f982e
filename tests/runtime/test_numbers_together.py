"""Numbers in parallel transactions: neither gap nor twin in a unit, and no unit waits for another."""

import random
import threading
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from common.db import Database
from runtime.models.dossiers import Counter
from runtime.numbers import LAST_CODE, dossier_code
from tests.runtime.small import MONDAY
from tests.runtime.town import town_in

CLIENTS, EACH = 8, 12


class Undone(Exception):
    """The client changed its mind after the number was given."""


def test_codes_have_neither_gaps_nor_twins_though_every_third_transaction_is_undone(
    database: Database,
) -> None:
    start, given = threading.Barrier(CLIENTS), list[tuple[str, str]]()

    def work(nth: int) -> None:
        chance = random.Random(nth)
        start.wait(60)
        for _ in range(EACH):
            unit = chance.choice(("tan_an", "hoa_binh"))
            try:
                with database.transaction() as session:
                    code = dossier_code(session, town_in(session).units[unit], MONDAY)
                    if chance.random() < 1 / 3:
                        raise Undone
            except Undone:
                continue
            given.append((unit, str(code)))

    threads = [threading.Thread(target=work, args=(nth,)) for nth in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive()
    for unit, code in (("tan_an", "000.21.01.H99"), ("hoa_binh", "000.21.02.H99")):
        numbers = sorted(each for of, each in given if of == unit)
        assert numbers == [f"{code}-260302-{n:04d}" for n in range(1, len(numbers) + 1)]
        assert len(numbers) > EACH


def test_a_long_transaction_of_one_unit_and_day_keeps_no_other_waiting(database: Database) -> None:
    with database.transaction() as slow:
        assert dossier_code(slow, town_in(slow).units["tan_an"], MONDAY) == "000.21.01.H99-260302-0001"
        with database.transaction() as other:
            other.execute(text("set local lock_timeout = '2s'"))
            units = town_in(other).units
            assert dossier_code(other, units["hoa_binh"], MONDAY) == "000.21.02.H99-260302-0001"
            next_day = MONDAY + timedelta(days=1)
            assert dossier_code(other, units["tan_an"], next_day) == "000.21.01.H99-260303-0001"
        with database.transaction() as same:
            same.execute(text("set local lock_timeout = '200ms'"))
            with pytest.raises(OperationalError, match="lock timeout"):
                dossier_code(same, town_in(same).units["tan_an"], MONDAY)
            same.rollback()


def test_two_at_once_do_not_share_the_last_number_of_the_day(database: Database) -> None:
    with database.transaction() as session:
        unit = town_in(session).units["tan_an"]
        session.add(Counter(unit_id=unit.id, kind="dossier", period=20260302, last=LAST_CODE - 1))
    start, given = threading.Barrier(2), list[str]()

    def work() -> None:
        start.wait(60)
        with database.transaction() as session:
            code = dossier_code(session, town_in(session).units["tan_an"], MONDAY)
        given.append(code if isinstance(code, str) else code.code)

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(given) == ["000.21.01.H99-260302-9999", "dossiers.codes_exhausted"]
