"""Where amounts are looked for: at the place of the unit, then at the units above, then at the province it names."""

import pytest
from sqlalchemy import select

from common.identity.models import Unit
from procedure_library.models import Version
from procedure_library.queries import definition_of
from runtime.views.units import units_for
from runtime.worlds import areas_of
from tests.runtime.small import MONDAY
from tests.runtime.town import Town


def below(town: Town, above: Unit | None, level: str, area: str, province: str = "") -> Unit:
    key = f"{level}_{area}"
    unit = Unit(
        key=key,
        code=key.upper(),
        name_vi=key,
        level=level,
        area_code=area,
        province_code=province,
        parent_id=above.id if above else None,
        valid_from=MONDAY.date(),
    )
    town.session.add(unit)
    town.session.flush()
    return unit


@pytest.mark.parametrize(
    ("line", "areas"),
    [
        ((("province", "48", ""), ("commune", "20332", "")), ("20332", "48")),
        ((("province", "48", ""), ("department", "", ""), ("commune", "20332", "")), ("20332", "48")),
        ((("province", "48", ""), ("department", "48", "")), ("48",)),
        ((("commune", "20332", "48"),), ("20332", "48")),
        ((("department", "", ""),), ()),
    ],
)
def test_from_the_narrowest_area_to_the_widest(
    town: Town, line: tuple[tuple[str, str, str], ...], areas: tuple[str, ...]
) -> None:
    unit: Unit | None = None
    for level, area, province in line:
        unit = below(town, unit, level, area, province)
    assert unit is not None
    assert areas_of(town.session, unit) == areas


def test_a_province_at_the_top_takes_no_dossiers_but_a_commune_that_is_all_there_is_does(town: Town) -> None:
    alone = below(town, None, "commune", "20332", "48")
    top = below(town, None, "province", "48")
    office = below(town, top, "department", "")
    for version_id in town.session.scalars(select(Version.id)):
        definition = definition_of(town.session, version_id).definition
        units = units_for(town.session, definition, MONDAY.date())
        assert top not in units
        assert (alone in units) == ("commune" in definition.levels)
        assert (office in units) == ("province" in definition.levels)
