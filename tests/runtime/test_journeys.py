"""From filing to result on a real database: what each verb leaves behind."""

from runtime import dossiers
from runtime.models.dossiers import Dossier
from tests.runtime.small import MONDAY
from tests.runtime.town import Town


def test_a_filing_gets_a_number_and_a_confirmation(town: Town) -> None:
    dossier = town.filed()
    assert dossier.filing_number == "N-000.21.01.H99-260302-1"
    assert dossier.code is None
    assert dossier.status == "submitted"


def test_reception_gives_the_code(town: Town) -> None:
    dossier = town.received()
    assert dossier.code == "000.21.01.H99-260302-0001"


def test_all_the_way(town: Town) -> None:
    dossier = town.finished()
    assert dossier.status == "decided"
    handed = dossiers.hand_over(town.session, dossier, by=town.official("reception"), at=MONDAY)
    assert isinstance(handed, Dossier)
