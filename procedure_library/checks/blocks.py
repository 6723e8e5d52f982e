"""An inclusive split is a block: each exit has a condition and leads to one way into the join of the block, no further.

Good: three opinions asked as conditions say, one join. Bad: an exit that ends the dossier, a way into the block from
elsewhere, two exits that come together before the join.
"""

from collections.abc import Iterator

from common.problems import Finding
from procedure_library.blocks import block_of
from procedure_library.checks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    for step in subject.graph.of_kind("inclusive"):
        if block_of(subject.graph, step.key) is None:
            yield subject.about(step, "procedures.inclusive.no_block")
