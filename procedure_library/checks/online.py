"""What is only partly online says why, with one of the four reasons of Decree 224/2026 article 14.

Good: "partial" with "presence", or "full". Bad: "partial" without a reason.
"""

from collections.abc import Iterator

from common.problems import Finding
from procedure_library.checks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    definition = subject.definition
    if definition.online_level == "partial" and definition.partial_reason is None:
        yield Finding("procedures.online.no_reason", definition.key)
    if definition.online_level == "full" and definition.partial_reason is not None:
        yield Finding("procedures.online.reason_for_full", definition.key)
    if definition.online_level == "full" and "online" not in definition.channels:
        yield Finding("procedures.online.no_channel", definition.key)
