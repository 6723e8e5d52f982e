"""The steps in the order in which a dossier comes by."""

from procedure_library.bpmn import Steps
from procedure_library.definition import Step


def walk(steps: Steps) -> tuple[Step, ...]:
    """Each step after those that lead to it, ways named first before the others, ways back left aside; what nothing
    leads to comes last, as it stands in the file."""
    known = {step.key: step for step in steps.steps}
    onward: dict[str, list[str]] = {key: [] for key in known}
    for way in steps.transitions:
        if way.source in known and way.target in known:
            onward[way.source].append(way.target)
    starts = [key for key, step in known.items() if step.kind == "start"]
    reached = _from(starts, onward)
    left = [key for key in known if key not in reached]
    return tuple(known[key] for key in (*reached, *left))


def _from(starts: list[str], onward: dict[str, list[str]]) -> dict[str, None]:
    """Depth first, in the reverse order of leaving; without recursion, because procedures may be long."""
    seen, left = set[str](), list[str]()
    ahead = [(key, False) for key in starts]
    while ahead:
        key, is_leaving = ahead.pop()
        if is_leaving:
            left.append(key)
        elif key not in seen:
            seen.add(key)
            ahead.append((key, True))
            ahead += [(target, False) for target in onward[key] if target not in seen]
    return dict.fromkeys(reversed(left))
