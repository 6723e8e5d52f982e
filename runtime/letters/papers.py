"""The papers handed in, as official forms list them."""

from collections.abc import Iterable
from typing import Any

from procedure_library.compiled import Compiled
from runtime.engine.event import Paper


def papers_named(compiled: Compiled, papers: Iterable[Paper], language: str) -> list[dict[str, Any]]:
    """Each component by its title, with how many of which sort."""
    titles = {rule.name: rule.title for rule in compiled.rules.rules}
    return [
        {
            "name": titles[paper.component].in_(language) if paper.component in titles else paper.component,
            "originals": paper.originals,
            "certified": paper.certified,
            "photocopies": paper.photocopies,
            "files": paper.files,
        }
        for paper in papers
    ]
