"""Remedies for what the head says of the procedure as a whole."""

from dataclasses import replace

from common.problems import Finding
from procedure_library.checks.subject import Subject
from procedure_library.remedies.remedy import Remedy


def no_reason(subject: Subject, finding: Finding) -> Remedy | None:
    """What is wholly online needs no reason why it is not."""
    return Remedy("procedures.remedy.no_reason", replace(subject.definition, partial_reason=None))


def online_channel(subject: Subject, finding: Finding) -> Remedy | None:
    """What is wholly online is handed in online, too."""
    channels = (*subject.definition.channels, "online")
    return Remedy("procedures.remedy.online_channel", replace(subject.definition, channels=channels))
