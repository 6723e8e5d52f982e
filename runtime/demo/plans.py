"""The 200 demo dossiers: how many end how, and how many are still where."""

from dataclasses import dataclass

from runtime.demo.stories import Plan


@dataclass(frozen=True, slots=True)
class Planned:
    """`days_ago` are working days before today, one picked by chance; None: some day of the year."""

    plan: Plan
    days_ago: tuple[int, ...] | None = None


PLANS: tuple[Planned, ...] = (
    *[Planned(Plan())] * 60,
    *[Planned(Plan(supplement=True))] * 10,
    *[Planned(Plan(ending="refused"))] * 10,
    *[Planned(Plan(before_reception="refused"))] * 10,
    *[Planned(Plan(withdrawn=True))] * 10,
    *[Planned(Plan(supplement=True, answered=False, stopped=True))] * 6,
    *[Planned(Plan(handed_over=False), (0, 1, 2, 3))] * 20,
    *[Planned(Plan(before_reception="waits"), (0, 0, 1))] * 18,
    *[Planned(Plan(before_reception="returned"), (1, 2, 4))] * 12,
    *[Planned(Plan(supplement=True, answered=False), (1, 2, 3, 5))] * 16,
    *[Planned(Plan(steps=0), (0, 0, 1, 2))] * 14,
    *[Planned(Plan(steps=1), (0, 1, 2))] * 14,
)
