"""What a machine asks: is the process alive, and can it serve?"""

import os
from collections.abc import Mapping

from flask import Blueprint, Response, jsonify
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from common.db import Database
from common.operations.migrations import head, serves
from common.web import public, surroundings
from config import Settings

health = Blueprint("health", __name__)


@health.get("/healthz")
@public
def healthz() -> Response:
    """200 as long as the process answers at all."""
    return _told({"status": "alive"})


@health.get("/readyz")
@public
def readyz() -> tuple[Response, int]:
    """200 when a request could be served; else 503 with what is missing."""
    here = surroundings()
    problems = (*database_problems(here.database), *folder_problems(here.settings))
    told = {"status": "not ready" if problems else "ready", "problems": problems}
    return _told(told), 503 if problems else 200


def _told(body: Mapping[str, object]) -> Response:
    """Kept by nobody. Said here, or whoever is signed in would be looked up for it, in a database that may be away."""
    answer = jsonify(body)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def database_problems(database: Database) -> tuple[str, ...]:
    """Why the database cannot serve: unreachable, or at an earlier revision than this code."""
    try:
        with database.engine.connect() as connection:
            revision = connection.scalar(text("select version_num from alembic_version"))
    except SQLAlchemyError:
        return ("database unreachable or empty",)
    return () if serves(revision) else (f"database at revision {revision}, code at {head()}",)


def folder_problems(settings: Settings) -> tuple[str, ...]:
    """Why uploads could not be kept."""
    return () if os.access(settings.data_folder, os.W_OK) else ("data folder cannot be written",)
