"""What the application's role may do: it owns nothing, reads and writes, and on some tables only adds."""

from typing import Any

from sqlalchemy import text


def _role(op: Any) -> str:
    quoted: str = op.get_bind().dialect.identifier_preparer.quote(
        op.get_context().config.attributes["application_role"]
    )
    return quoted


def let_the_application_in(op: Any) -> None:
    """Rights on everything that the owner makes from now on, so that later revisions need no grants."""
    role = _role(op)
    for statement in (
        f"grant usage on schema public to {role}",
        f"alter default privileges in schema public grant select, insert, update, delete on tables to {role}",
        f"alter default privileges in schema public grant usage, select on sequences to {role}",
        # Readiness asks which revision the database has.
        f"grant select on alembic_version to {role}",
    ):
        op.execute(text(statement))


def insert_only(op: Any, *tables: str) -> None:
    """Rows of these tables are facts: the application adds and reads them, and never changes one."""
    for table in tables:
        op.execute(text(f"revoke update, delete, truncate on {table} from {_role(op)}"))
