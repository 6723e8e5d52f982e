"""What axe-core finds on a page that a person could not use."""

from pathlib import Path
from typing import Any

AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def barriers(page: Any) -> list[str]:
    """A line for each serious or critical violation on the page, empty when there is none."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("rules => axe.run({runOnly: rules})", RULES)
    return [
        f"{page.url}: {each['id']}: {each['help']}: {node['html'][:160]}"
        for each in found["violations"]
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]


def overflow(page: Any) -> int:
    """By how many pixels the page is wider than its window: a person would have to scroll sideways."""
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))
