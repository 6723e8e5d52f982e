"""For each finding of the checks a text that shows it, at the place marked ‸, and one that puts it right.

They stand in docs/rules/checks.md; those that are too long to show stand here.
"""

import json
import re
from typing import Any

from tests.rules_dsl.world import ROOT, TEXT, form

HERE = "‸"
PAGE = (ROOT / "docs/rules/checks.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"^```motcua (wrong|right)=(\S+)\n(.*?)^```", re.M | re.S)
(_FORM,) = re.findall(r"^```json\n(.*?)^```", PAGE, re.M | re.S)
FORM: dict[str, Any] = json.loads(_FORM)
LATER = form(decision_note=TEXT)

# A table by twelve keys whose rows cut each number into four: nothing short of trying all 4¹¹ cases tells
# whether one is left out.
WIDE = f'table t ({"count, " * 11}at_home) first cites "L"'
NARROW = f" row {'any, ' * 11}yes gives 1 row {'any, ' * 11}no gives 2"


def cut(column: int, limit: int) -> str:
    cells = [f"from {limit}" if number == column else "any" for number in range(11)]
    return f" row {', '.join(cells)}, yes gives 3"


def nested(name: str) -> str:
    for _ in range(7):
        name = f"at_home or not (not at_home and {name})"
    return name


TOO_LONG: dict[str, tuple[str, str]] = {
    "rules.long_chain": (
        "let a0 = count " + " ".join(f"{'‸' * (n == 40)}let a{n} = a{n - 1}" for n in range(1, 45)),
        "let a0 = count " + " ".join(f"let a{n} = a{n - 1}" for n in range(1, 40)),
    ),
    "rules.deep_chain": (
        "let b0 = at_home "
        + " ".join(f"{'‸' * (n == 6)}let b{n} = {nested(f'b{n - 1}')}" for n in range(1, 7)),
        "let b0 = at_home " + " ".join(f"let b{n} = {nested(f'b{n - 1}')}" for n in range(1, 6)),
    ),
    "rules.too_many_keys": (
        f'‸table t ({", ".join(["at_home"] * 13)}) first cites "L" row {", ".join(["any"] * 13)} gives 5',
        f'table t ({", ".join(["at_home"] * 12)}) first cites "L" row {", ".join(["any"] * 12)} gives 5',
    ),
    "rules.table_too_wide": (
        "‸" + WIDE + "".join(cut(n, limit) for n in range(11) for limit in (9, 6, 3)) + NARROW,
        WIDE + NARROW,
    ),
}


def shown() -> dict[str, tuple[str, str]]:
    """The samples of the page: code → what is wrong, what is right."""
    found: dict[tuple[str, str], str] = {(code, mark): body for mark, code, body in _BLOCK.findall(PAGE)}
    return {code: (body, found[code, "right"]) for (code, mark), body in found.items() if mark == "wrong"}


SAMPLES = {**shown(), **TOO_LONG}
