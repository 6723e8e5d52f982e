"""The page that tells states, transitions, portal keys and tracks says what the code does."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from runtime.engine.status import Status
from runtime.engine.tracks import SHOWN_KEYS, SHOWN_OF, Handover, Payment, Shown, Sync
from tests.runtime.tables import rows_of

PAGE = (Path(__file__).parents[2] / "docs/dossiers.md").read_text(encoding="utf-8")


def table(head: str) -> Iterator[tuple[str, ...]]:
    """The rows of the table with this head, code marks taken off."""
    after = PAGE.partition(f"{head}\n")[2].splitlines()[1:]
    for line in after:
        if not line.startswith("|"):
            return
        yield tuple(cell.strip().strip("`") for cell in line.strip("|").split("|"))


def test_every_state_stands_there_with_its_portal_key() -> None:
    told = {
        state: key
        for state, _name, key, _who in table("| state | Vietnamese | national portal | who is awaited |")
    }
    assert told == dict(SHOWN_KEYS)
    states = {each for part in get_args(Shown) for each in (get_args(part) or (part,))}
    assert set(told) == states - {"unsent"}
    assert set(SHOWN_OF.values()) <= set(get_args(Status))


def test_every_transition_stands_there() -> None:
    told = set(table("| from | by | to |"))
    rows = [row for row in rows_of("transitions.csv") if "." not in row["then"]]
    allowed = {(_status(row["state"]), re.split("[: ]", row["act"])[0], row["then"]) for row in rows}
    moves = {move for move in allowed if move[0] != move[2]}
    assert told == moves | {("unsent", "submit", "submitted")}


def test_every_value_of_the_tracks_stands_there() -> None:
    told = {(track, value) for track, value, _when in table("| track | value | when |")}
    tracks = {"payment": get_args(Payment), "handover": get_args(Handover), "sync": get_args(Sync)}
    assert told == {(track, value) for track, values in tracks.items() for value in values}


def _status(state: str) -> str:
    return "in_process" if state in ("to_sign", "to_collect") else state
