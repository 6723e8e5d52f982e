"""The children that a dossier knows: those asked for, those awaited, and what a record makes of them."""

from datetime import datetime

from msgspec.structs import replace

from procedure_library.semantics import Move
from runtime.engine.context import Context
from runtime.engine.linked import Child
from runtime.engine.record import Record
from runtime.engine.state import State


def awaited(state: State) -> tuple[Child, ...]:
    """The children that steps wait for: of each step the last that it asked for."""
    waiting = state.marking.waiting if state.marking else ()
    last = {each.step: each for each in state.children}
    return tuple(each for each in last.values() if each.step in waiting and not each.ended)


def asked_for(context: Context, state: State, move: Move, at: datetime) -> tuple[Child, ...]:
    """The children that the steps entered ask for."""
    calls = (key for key in move.entered if context.compiled.step(key).kind == "call")
    return tuple(Child(key, number, at) for number, key in enumerate(calls, start=len(state.children) + 1))


def children_after(state: State, record: Record) -> tuple[Child, ...]:
    """The children known once the record is folded; who is wanted no more is dropped."""
    asked = record.walk.children if record.walk else ()
    if not (state.children or asked):
        return state.children
    known = {each.number: each for each in (*state.children, *asked, *record.children)}
    return tuple(replace(each, dropped=True) if _drops(record, each) else each for each in known.values())


def _drops(record: Record, child: Child) -> bool:
    """A withdrawal on a drawn way drops what its step waited for; what closes the dossier without a decision, all."""
    if child.ended or child.dropped:
        return False
    return record.status in ("withdrawn", "stopped") or (
        record.act == "withdraw" and child.step == record.step
    )
