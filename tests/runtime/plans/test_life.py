"""What is in force, taken and under way is found by an index, in a house with many procedures and a past."""

from datetime import date

import pytest
from sqlalchemy import text

from procedure_library.queries import last_version, version_in_force
from runtime.intake import not_taken
from runtime.under_way import under_way
from tests.runtime.announced import publisher
from tests.runtime.plans.plan import indexes, listening, whole_tables
from tests.runtime.town import SMALL, TODAY, Town

PROCEDURES = "insert into procedures (key, created_at) select 'p' || g, now() from generate_series(1, 1800) g"
VERSIONS = """
insert into versions (procedure_id, number, digest, effective_from, code, name_vi, name_en, domain_area_vi,
  domain_area_en, levels, channels, sort_key, folded)
select p.id, n, :digest, date '2025-01-01' + n * 200, 'c', p.key, '', '', '', '{commune}', '{online}', p.key, p.key
from procedures p, generate_series(1, 2) n where p.key ~ '^p[0-9]+$'"""
ACTS = """
insert into procedure_acts (key, procedure_id, act, from_on, reason_vi, reason_en, basis_number, basis_signed_on,
  basis_file, acted_at, account_id, acted_by)
select 'k' || p.id || '-' || n, p.id, case when n % 2 = 0 then 'suspended' else 'resumed' end,
  date '2025-01-01' + n, '', '', '', date '2025-01-01', '', now(), :account, ''
from procedures p, generate_series(1, 3) n where p.key ~ '^p[0-9]+$'"""


@pytest.fixture
def province(town: Town) -> Town:
    """1,800 procedures of two versions, each suspended and resumed some time ago."""
    version = version_in_force(town.session, SMALL, TODAY)
    assert version is not None
    town.session.execute(text(PROCEDURES))
    town.session.execute(text(VERSIONS), {"digest": version.digest})
    town.session.execute(text(ACTS), {"account": publisher(town).account_id})
    return town


def test_which_version_is_in_force_and_whether_it_is_taken_are_found_by_indexes(province: Town) -> None:
    on = date(2026, 3, 2)
    with listening(province.session) as sent:
        version_in_force(province.session, "p900", on)
        last_version(province.session, "p900", on)
        not_taken(province.session, "p900", on)
    for statement, plan in sent.plans(province.session):
        used = set(indexes(plan))
        assert used & {"ix_versions_in_force", "ix_procedure_acts_standing"}, statement
    assert not [scan for _, plan in sent.plans(province.session) for scan in _scanned(plan)]


def test_what_is_under_way_is_counted_without_reading_what_is_closed(town: Town) -> None:
    with listening(town.session) as sent:
        under_way(town.session, SMALL)
    for _statement, plan in sent.plans(town.session):
        assert not [scan for scan in whole_tables(plan) if "Seq Scan" in scan]


def _scanned(plan: object) -> list[str]:
    """Tables read row by row."""
    assert isinstance(plan, dict)
    own = [str(plan["Relation Name"])] if plan["Node Type"] == "Seq Scan" else []
    return own + [scan for below in plan.get("Plans", ()) for scan in _scanned(below)]
