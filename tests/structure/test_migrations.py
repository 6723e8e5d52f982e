"""Migrations are numbered, linear, and make exactly what the models say."""

import re

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, create_engine, text

from common.operations.migrations import FOLDER, head, revisions
from migrations.tables import metadata, ours
from tests.support.server import Addresses


def test_they_are_numbered_without_a_gap() -> None:
    assert revisions() == tuple(f"{number:04}" for number in range(1, len(revisions()) + 1))
    names = [path.name for path in (FOLDER / "versions").glob("*.py")]
    assert all(re.fullmatch(r"\d{4}_[a-z_]+\.py", name) for name in names)


def test_each_follows_the_one_before() -> None:
    scripts = ScriptDirectory(str(FOLDER))
    line = [(each.revision, each.down_revision) for each in reversed(list(scripts.walk_revisions()))]
    assert line == list(zip(revisions(), (None, *revisions()[:-1]), strict=True))
    assert scripts.get_current_head() == head()


def test_they_make_exactly_what_the_models_say(addresses: Addresses) -> None:
    engine = create_engine(addresses.owner)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours, "compare_type": True})
        differences = compare_metadata(context, metadata())
    engine.dispose()
    assert differences == []


def test_they_make_the_checks_that_the_models_say(addresses: Addresses) -> None:
    """Alembic does not compare check constraints; a forgotten one would let bad rows in silently."""
    wanted = {
        str(constraint.name)
        for table in metadata().tables.values()
        for constraint in table.constraints
        if isinstance(constraint, CheckConstraint)
    }
    engine = create_engine(addresses.owner)
    with engine.connect() as connection:
        question = "select conname from pg_constraint where contype = 'c' and conname like 'ck\\_%'"
        there = set(connection.scalars(text(question)))
    engine.dispose()
    assert there ^ wanted == set()
