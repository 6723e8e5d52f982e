"""Running an installation: its commands, its database, its backups."""

from common.operations.database import open_database

__all__ = ["open_database"]
