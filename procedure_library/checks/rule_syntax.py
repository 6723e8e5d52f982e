"""The rule file can be read, and every rule in it is in order where all pages are filled.

Good: a charge with its law. Bad: a line that is no line, a name the form does not have at any moment.
"""

from collections.abc import Iterator

from common.problems import Finding
from procedure_library.checks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    yield from subject.parsed.findings
