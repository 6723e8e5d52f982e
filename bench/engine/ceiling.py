"""The ceiling: one row a step and a commit. Nobody who keeps anything is faster on this disk."""

import psycopg

from bench.engine.house import House


class Ceiling:
    """One client with a connection of its own."""

    def __init__(self, house: House) -> None:
        self.connection = psycopg.connect(house.owner.replace("postgresql+psycopg://", "postgresql://"))

    def prepare(self) -> None:
        self.connection.execute("create table ceiling (dossier bigint, step int)")
        self.connection.commit()

    def step(self, dossier: int, number: int) -> None:
        self.connection.execute("insert into ceiling values (%s, %s)", (dossier, number))
        self.connection.commit()

    def close(self) -> None:
        self.connection.close()
