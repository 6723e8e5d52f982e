"""The transition clause of a publication: what the new version says about dossiers that are under way."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

Rule = Literal["", "stay_before", "stay_received", "move_all"]
RULES: tuple[Rule, ...] = ("", "stay_before", "stay_received", "move_all")


@dataclass(frozen=True, slots=True)
class TransitionClause:
    """`stay_before`: what was received before the day stays under its version. `stay_received`: whatever was received
    stays. `move_all`: whatever is open is to be moved. "": nothing is said; what was received stays unless somebody
    moves it.
    """

    rule: Rule = ""
    before: date | None = None

    @classmethod
    def of(cls, said: Any) -> "TransitionClause":
        """That of a publication, or of a submission that asks for one."""
        return cls(said.transition, said.transition_before)

    @property
    def is_whole(self) -> bool:
        """Whether it names a day exactly where it speaks of one."""
        return (self.rule == "stay_before") == (self.before is not None)

    def keeps(self, received_on: date) -> bool:
        """Whether a dossier received that day under an earlier version must stay there."""
        return self.rule == "stay_received" or (
            self.rule == "stay_before" and self.before is not None and received_on < self.before
        )

    def demands(self, received_on: date) -> bool:
        """Whether it is to be moved."""
        return self.rule == "move_all" or (self.rule == "stay_before" and not self.keeps(received_on))

    def defers(self, on: date) -> bool:
        """Whether a reception of that day still goes by the version before, though this one is in force."""
        return self.rule == "stay_before" and self.keeps(on)


NOTHING_SAID = TransitionClause()
