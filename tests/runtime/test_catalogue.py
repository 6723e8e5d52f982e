"""Every published procedure and case type, walked to each of its ends by the real verbs."""

from datetime import datetime
from random import Random

import pytest

from common.clock import ZONE
from config import Settings
from procedure_library.compiled import compiled
from procedure_library.definition import Definition
from procedure_library.package import read_package
from procedure_library.queries import definition_of, version_in_force
from procedure_library.ready_made import national_calendar, packages
from runtime.demo.days import OfficeHours
from runtime.demo.load import play
from runtime.demo.people import People
from runtime.demo.setting import Setting
from runtime.demo.stories import Plan, told
from runtime.letters.printing import print_stored
from runtime.models.dossiers import Dossier
from runtime.models.money import Payment
from runtime.models.papers import Decision, Letter
from runtime.office import Office
from runtime.replay import replay, verify
from tests.runtime.small import MONDAY
from tests.runtime.town import TODAY, Town

END_OF_YEAR = datetime(2026, 12, 1, 9, 0, tzinfo=ZONE)
ROLES = ("reception", "case_officer", "approver", "cashier", "leader")
PLANS = {
    "granted": Plan(),
    "granted after a supplement": Plan(supplement=True),
    "refused": Plan(ending="refused"),
    "stopped without an answer": Plan(supplement=True, answered=False, stopped=True),
}


def _kinds() -> list[tuple[str, str]]:
    """Linked procedures go through several units: test_linked_birth.py walks them."""
    found = (read_package(folder) for folder in packages())
    definitions = [each for each in found if isinstance(each, Definition) and each.stands_alone]
    alone = [each for each in definitions if not any(step.kind == "call" for step in each.steps)]
    return [(each.key, kind.key) for each in alone for kind in each.case_types]


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize(("procedure", "case_type"), _kinds())
@pytest.mark.parametrize("seed", [1, 7])
def test_every_case_type_reaches_each_of_its_ends(
    town: Town, office: Office, settings: Settings, procedure: str, case_type: str, plan: str, seed: int
) -> None:
    setting = _setting(town, procedure, case_type)
    wanted = PLANS[plan]
    play([told(setting, wanted, MONDAY, Random(seed))], END_OF_YEAR)
    (dossier,) = town.all(Dossier)
    assert dossier.status == ("stopped" if wanted.stopped else "returned")
    assert replay(town.session, dossier) == verify(town.session, dossier) == ()
    decisions = town.all(Decision)
    assert [d.ending for d in decisions] == ([] if wanted.stopped else [wanted.ending])
    owed = sum(line["amount"]["amount"] for line in dossier.state.get("owed", []))
    paid = sum(payment.amount for payment in town.all(Payment))
    assert paid == (owed if wanted.ending == "granted" and not wanted.stopped else 0)
    results = town.all(Letter, kind="result")
    assert bool(results) == (wanted.ending == "granted" and not wanted.stopped)
    for letter in results:
        print_stored(town.session, letter.id, office.files)
        assert letter.size


def _setting(town: Town, procedure: str, case_type: str) -> Setting:
    version = version_in_force(town.session, procedure, TODAY)
    assert version is not None
    unit = town.units["tan_an"].id
    officials = {(unit, role): (town.official(role),) for role in ROLES}
    return Setting(
        town.session,
        People((town.citizen(),), officials),
        OfficeHours(national_calendar().calendar, END_OF_YEAR),
        unit,
        compiled(definition_of(town.session, version.id).definition),
        case_type,
    )
