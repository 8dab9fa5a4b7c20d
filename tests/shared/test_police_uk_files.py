"""data.police.uk: the real downloads reconcile with the totals counted outside the project."""

import csv
import io
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from vawg_metrics.areas import DISTRICTS, NEIGHBOURING_FORCES, UNPLACED, Area
from vawg_metrics.periods import Period
from vawg_metrics.sources.contract import Fact, Intake
from vawg_metrics.sources.incoming import Incoming
from vawg_metrics.sources.police_uk import READERS
from vawg_metrics.sources.police_uk_layouts import CRIME_TYPES

SHARED = Path(__file__).resolve().parents[3] / "shared"
DOWNLOADS = SHARED / "publishers" / "police_uk"
VIOLENCE = "Violence and sexual offences"
ROWS = {2019: 8_092, 2020: 97_979, 2021: 99_007, 2022: 96_760, 2023: 110_042, 2024: 107_902, 2025: 106_149}
OUTSIDE = {2019: 8, 2020: 163, 2021: 202, 2022: 210, 2023: 717, 2024: 966, 2025: 940}
NO_LOCATION = {2019: 557, 2020: 3_404, 2021: 499, 2022: 3_003, 2023: 3_577, 2024: 3_149, 2025: 3_063}
PLACES_2025 = {
    "Leicester": 49_401,
    "Charnwood": 14_989,
    "Hinckley and Bosworth": 7_912,
    "North West Leicestershire": 7_884,
    "Blaby": 7_273,
    "Harborough": 5_229,
    "Oadby and Wigston": 3_823,
    "Melton": 3_723,
    "Rutland": 1_912,
}
VIOLENCE_2024 = {
    "Unable to prosecute suspect": 21_723,
    "Investigation complete; no suspect identified": 7_672,
    "Court result unavailable": 2_494,
    "Action to be taken by another organisation": 2_115,
    "Local resolution": 1_256,
    "Status update unavailable": 1_030,
    "Formal action is not in the public interest": 877,
    "Further action is not in the public interest": 814,
    "Awaiting court outcome": 587,
    "Offender given a caution": 379,
    "Further investigation is not in the public interest": 215,
}


@cache
def intake(name: str) -> Intake:
    incoming = Incoming(DOWNLOADS / name)
    assert READERS[0].likeness(incoming) == 1
    (found,) = READERS[0].read(incoming)
    return found


def home(year: int) -> Intake:
    return intake(f"leicestershire-street-{year}.zip")


def total(facts: tuple[Fact, ...]) -> int:
    return sum(fact.count or 0 for fact in facts)


@pytest.mark.parametrize("year", ROWS)
def test_every_row_of_a_year_is_in_the_facts_and_in_the_ledger(year: int) -> None:
    found = home(year)
    assert found.faults == ()
    assert total(found.facts) == found.ledger.read == ROWS[year]
    assert found.ledger.balances
    assert found.ledger.set_aside == {}
    assert found.ledger.kept["placed outside LLR"] == OUTSIDE[year]
    assert found.ledger.kept["no location"] == NO_LOCATION[year]


def test_the_71_months_hold_625_931_rows() -> None:
    assert sum(home(year).ledger.read for year in ROWS) == 625_931
    months = {fact.start for year in ROWS for fact in home(year).facts}
    assert len(months) == 71
    assert not {"2022-11", "2022-12"} & months


def test_every_month_has_every_area_and_every_crime_type() -> None:
    facts = home(2022).facts
    cells = {(fact.start, fact.area, fact.item) for fact in facts}
    assert len(cells) == 10 * (len(DISTRICTS) + 1) * len(CRIME_TYPES)
    assert len({fact.key for fact in facts}) == len(facts)


def test_the_crimes_of_2025_by_place() -> None:
    by_area: Counter[str] = Counter()
    for fact in home(2025).facts:
        by_area[fact.area] += fact.count or 0
    assert {area.name: by_area[area.code] for area in DISTRICTS} == PLACES_2025
    assert by_area[UNPLACED.code] == 3_063 + 940


def test_violence_and_sexual_offences_of_2024_by_last_outcome() -> None:
    by_outcome: Counter[str] = Counter()
    for fact in home(2024).facts:
        if fact.item == VIOLENCE:
            by_outcome[fact.part] += fact.count or 0
    assert by_outcome == VIOLENCE_2024
    assert by_outcome.total() == 39_162
    assert by_outcome["Awaiting court outcome"] + by_outcome["Court result unavailable"] == 3_081


def test_march_2020_stands_as_it_was_published() -> None:
    of_march = {
        fact.area: fact.count
        for fact in home(2020).facts
        if fact.start == "2020-03" and fact.item == VIOLENCE and fact.area in ("E07000131", "E07000135")
    }
    assert of_march == {"E07000131": 1, "E07000135": 1}


def test_the_fast_count_agrees_with_a_plain_loop_over_one_month() -> None:
    names = {area.name: area.code for area in DISTRICTS}
    incoming = Incoming(DOWNLOADS / "leicestershire-street-2019.zip")
    rows = csv.DictReader(io.StringIO(incoming.member(incoming.members[0].filename).decode("utf-8")))
    plain: Counter[tuple[str, str, str]] = Counter()
    for row in rows:
        area = names.get(row["LSOA name"][:-5], UNPLACED.code)
        plain[area, row["Crime type"], row["Last outcome category"]] += 1
    assert plain == {(fact.area, fact.item, fact.part): fact.count for fact in home(2019).facts if fact.count}


@pytest.mark.parametrize(
    ("name", "area", "rows"),
    [
        ("derbyshire-street-2025.zip", NEIGHBOURING_FORCES[0], 102_621),
        ("lincolnshire-street-2025.zip", NEIGHBOURING_FORCES[1], 68_522),
        ("northamptonshire-street-2025.zip", NEIGHBOURING_FORCES[2], 74_962),
        ("nottinghamshire-street-2025.zip", NEIGHBOURING_FORCES[3], 121_358),
    ],
)
def test_a_neighbouring_force_is_one_area_with_every_crime_type_each_month(name: str, area: Area, rows: int) -> None:
    found = intake(name)
    assert (found.faults, found.ledger.kept) == ((), {"force total": rows})
    assert {(fact.area, fact.start, fact.item) for fact in found.facts} == {
        (area.code, month, crime) for month in Period("2025-01", "2025-12") for crime in CRIME_TYPES
    }
    assert total(found.facts) == rows


def test_the_publishers_outcomes_layout_is_read() -> None:
    incoming = Incoming(SHARED / "layouts" / "police_uk" / "SAMPLE-2025-06-leicestershire-outcomes-first-rows.csv")
    (found,) = READERS[0].read(incoming)
    assert (found.source, found.faults, found.ledger.balances) == ("police_uk_outcomes", (), True)
    assert found.edition == "data.police.uk, Leicestershire Police, June 2025"
    assert total(found.facts) == found.ledger.read == 11
    assert found.ledger.kept == {"placed in a district": 5, "no location": 6, "placed outside LLR": 0}


def test_the_publishers_stop_and_search_layout_alone_is_not_claimed() -> None:
    sample = SHARED / "layouts" / "police_uk" / "SAMPLE-2024-06-leicestershire-stop-and-search-first-rows.csv"
    assert READERS[0].likeness(Incoming(sample)) < 0.6
