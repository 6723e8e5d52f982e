"""A database's address, as the driver alone understands it: SQLAlchemy's spelling of a URL is not libpq's."""

from typing import Any

import psycopg
from psycopg.conninfo import make_conninfo
from sqlalchemy import make_url


def parameters(url: str) -> dict[str, Any]:
    """The address as libpq's keywords: host, port, user, password, dbname and whatever it asks for besides."""
    address = make_url(url)
    return {**address.translate_connect_args(username="user", database="dbname"), **address.query}


def conninfo(url: str) -> str:
    """The address as one text for libpq."""
    return make_conninfo(**parameters(url))


def connected(url: str, **options: Any) -> "psycopg.Connection[Any]":
    """A connection of the driver itself, in a transaction."""
    return psycopg.connect(**parameters(url), **options)
