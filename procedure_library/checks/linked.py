"""What a call uses is offered by the procedure it calls, in the version in force when this one comes into force.

Good: the procedure called offers the case type and the questions, and gets every answer that it must have. Bad: it is
not published, does not offer what is used, asks for an answer of another kind, or calls this one in turn.
"""

from collections.abc import Iterator

from common.problems import Finding
from procedure_library.checks.subject import Subject
from procedure_library.neighbours import calls_of, misfits


def check(subject: Subject) -> Iterator[Finding]:
    if subject.neighbours is None:
        return
    for step, call in calls_of(subject.definition):
        callee = subject.neighbours.callees.get(call.procedure)
        if call.procedure == subject.definition.key:
            continue
        if callee is None:
            yield subject.about(step, "procedures.linked.not_published", procedure=call.procedure)
            continue
        for found in misfits(subject.definition, call, callee):
            code = "procedures.linked.missing" if found.use == "missing" else "procedures.linked.not_offered"
            use, what = f"@procedures.use.{found.use}", found.what or "—"
            yield subject.about(step, code, procedure=callee.name, use=use, what=what)
        if _calls(subject, call.procedure):
            yield subject.about(step, "procedures.linked.circle", procedure=callee.name)


def _calls(subject: Subject, first: str) -> bool:
    """Whether the procedure calls ours, itself or through others."""
    assert subject.neighbours is not None
    seen, ahead = set[str](), [first]
    while ahead:
        key = ahead.pop()
        if key == subject.definition.key:
            return True
        callee = subject.neighbours.callees.get(key)
        if callee is not None and key not in seen:
            seen.add(key)
            ahead += [call.procedure for _step, call in calls_of(callee)]
    return False
