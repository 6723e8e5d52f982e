"""A day as people type it."""

from datetime import date


def typed_day(typed: str) -> date | None:
    """As on the papers, 21/11/2026 (or 21-11-2026, 21.11.2026); None for anything else."""
    day, _, rest = typed.strip().replace("-", "/").replace(".", "/").partition("/")
    month, _, year = rest.partition("/")
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
