"""Steps that wait for somebody outside the office: for money, for a message of another system."""

from common.problems import Refusal
from procedure_library.definition import StepKind
from rules_dsl.evaluation import Evaluation
from runtime.engine import amounts, walk
from runtime.engine.beginning import term_read
from runtime.engine.context import Context
from runtime.engine.events import Pay
from runtime.engine.machine_events import ReceiveMessage
from runtime.engine.onward import left, onward
from runtime.engine.record import Judged
from runtime.engine.rights import acting_as
from runtime.engine.state import State
from runtime.engine.walk import Walked


def receive_message(context: Context, state: State, event: ReceiveMessage) -> Judged | Refusal:
    """The step that waits for the message goes on. The same message again is a refusal: it was heard."""
    role = acting_as(event.act, event.by, context.parties)
    if isinstance(role, Refusal):
        return role
    if event.message_id in state.heard:
        return Refusal("dossiers.message_heard", {"id": event.message_id})
    waiting = _steps(context, state, "message")
    step = next((key for key in waiting if context.compiled.step(key).message == event.key), None)
    if step is None:
        return Refusal("dossiers.message_not_awaited", {"key": event.key})
    return left(context, state, event, role, step, message=event.key, message_id=event.message_id)


def settle(context: Context, state: State, event: Pay, role: str) -> Judged | Refusal:
    """All that payment steps wait for is paid at once, and the dossier goes on."""
    walked: Walked | None = None
    before, charged = state, dict[str, Evaluation]()
    for step in _steps(context, state, "payment"):
        read = walk.amounts_to_pay(context, before, step, event.at)
        if isinstance(read, Refusal):
            return read
        charged |= {evaluation.rule: evaluation for evaluation in read}
        further = _on(context, before, step, event)
        if isinstance(further, Refusal):
            return further
        walked = walk.both(walked, further) if walked else further
        before = walk.after(before, further)
    assert walked is not None
    begun = term_read(context, state, _steps(context, state, "payment")[-1], event.at, paying=True)
    if isinstance(begun, Refusal):
        return begun
    return onward(context, state, event, role, walked, charged=tuple(charged.values()), begun=begun)


def _on(context: Context, state: State, step: str, event: Pay) -> Walked | Refusal:
    facts = amounts.facts_at(context, state, step, event.at, paying=True)
    return facts if isinstance(facts, Refusal) else walk.go_on(context, state, step, None, facts, event.at)


def _steps(context: Context, state: State, kind: StepKind) -> tuple[str, ...]:
    waiting = state.marking.waiting if state.marking else ()
    return tuple(key for key in waiting if context.compiled.step(key).kind == kind)
