"""Structured logs without personal data: one JSON object a line, and only fields from a short list.

What is not on the list does not leave the process, so a careless call cannot write a name or a number into a
file that many people read. Exceptions are told by type and place; their messages may quote what people typed.
"""

import logging
import sys
import time
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog
from flask import Flask, Response, g, request

# Keys, numbers, codes and places in our own code: nothing that a person typed.
ALLOWED = frozenset(
    (
        *("event", "level", "at", "logger", "method", "route", "status", "milliseconds", "account"),
        *("job", "task", "code", "count", "revision", "program", "exit", "exception", "frames"),
    )
)


def only_allowed(_logger: Any, _name: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drops every field that is not on the list."""
    return {key: value for key, value in entry.items() if key in ALLOWED or key.startswith("_")}


def tell_exception(_logger: Any, _name: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Turns exc_info into a type and the places it came through."""
    info = entry.pop("exc_info", None)
    if info is True:
        info = sys.exc_info()
    if isinstance(info, BaseException):
        info = (type(info), info, info.__traceback__)
    if info and info[0] is not None:
        frames = traceback.extract_tb(info[2])
        entry["exception"] = info[0].__name__
        entry["frames"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return entry


def configure(level: str) -> None:
    """Sends our logs, and the warnings of every library, to standard output as JSON lines."""
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
        tell_exception,
        only_allowed,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger("motcua").setLevel(level.upper())


def logger() -> Any:
    """Our logger: `logger().info("letter rendered", count=1)`."""
    return structlog.get_logger("motcua")


def install(app: Flask) -> None:
    """One line for each request: the route as we wrote it, never the address as somebody typed it."""

    @app.before_request
    def begin() -> None:
        g.began = time.monotonic()

    @app.after_request
    def end(response: Response) -> Response:
        logger().info(
            "request",
            method=request.method,
            route=str(request.url_rule or "-"),
            status=response.status_code,
            milliseconds=round((time.monotonic() - g.get("began", time.monotonic())) * 1000, 1),
        )
        return response
