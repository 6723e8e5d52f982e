"""What a step asks of the server: statements sent to it, and bytes it writes ahead."""

import os
import tempfile
from typing import Any

import psycopg

from bench.engine.house import House
from bench.engine.ours import STEPS, Ours

# What the client side of the protocol sends to have something run.
RUNS = ("\tQuery\t", "\tExecute\t")
NOT_COUNTED = ('"BEGIN"', '"COMMIT"')


def statements_per_step(house: House) -> float:
    """Statements without the two that open and close the transaction, on a connection that has prepared them."""
    warm, counted = house.filed(2)
    ours = Ours(house)
    for number in range(len(STEPS)):
        ours.step(warm, number)
    with tempfile.TemporaryFile("w+b") as trace:
        connection = _driver(ours)
        connection.pgconn.trace(trace.fileno())
        for number in range(len(STEPS)):
            ours.step(counted, number)
        connection.pgconn.untrace()
        os.fsync(trace.fileno())
        trace.seek(0)
        lines = trace.read().decode(errors="replace").splitlines()
    ours.close()
    sent = [line for line in lines if any(run in line for run in RUNS) and "\tF\t" in line]
    return sum(not any(word in line for word in NOT_COUNTED) for line in sent) / len(STEPS)


def _driver(ours: Ours) -> "psycopg.Connection[Any]":
    with ours.database.engine.connect() as connection:
        return connection.connection.driver_connection  # type: ignore[return-value]


def wal_bytes_per_step(house: House) -> float:
    """Bytes in the write-ahead log for whole dossiers, pages warm."""
    dossiers = house.filed(80)
    ours = Ours(house)
    with psycopg.connect(house.owner.replace("postgresql+psycopg://", "postgresql://"), autocommit=True) as c:
        for count, dossier in enumerate(dossiers):
            if count == len(dossiers) // 2:
                begun = _position(c)
            for number in range(len(STEPS)):
                ours.step(dossier, number)
        written = _position(c) - begun
    ours.close()
    return written / (len(dossiers) - len(dossiers) // 2) / len(STEPS)


def _position(connection: "psycopg.Connection[Any]") -> int:
    found = connection.execute("select (pg_current_wal_insert_lsn() - '0/0')::bigint").fetchone()
    assert found is not None
    return int(found[0])
