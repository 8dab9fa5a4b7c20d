"""ONS table P1 as published: ten years stacked, eight workbooks, and no disagreement between them."""

from pathlib import Path

import pytest

from vawg_metrics.areas import EAST_MIDLANDS, ENGLAND, ENGLAND_AND_WALES, LLR, NEIGHBOURING_FORCES
from vawg_metrics.periods import Period
from vawg_metrics.sources import ons_forces
from vawg_metrics.sources.contract import Fact, Intake
from vawg_metrics.sources.incoming import Incoming

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "publishers" / "ons_crime"
Key = tuple[str, str, str, str, str]


@pytest.fixture(scope="module")
def series() -> Intake:
    (file,) = FOLDER.glob("*stacked.csv")
    assert ons_forces.likeness_of_stacked(Incoming(file)) == 1.0
    (intake,) = ons_forces.read_stacked(Incoming(file))
    return intake


@pytest.fixture(scope="module")
def editions() -> list[Intake]:
    found = []
    for file in sorted(FOLDER.glob("*.xlsx")):
        assert ons_forces.likeness_of_workbook(Incoming(file)) >= 0.9
        found += ons_forces.read_workbook(Incoming(file))
    return found


def held(intake: Intake) -> dict[Key, Fact]:
    return {fact.key: fact for fact in intake.facts}


def llr(intake: Intake, item: str) -> list[int | None]:
    return [fact.count for fact in sorted(intake.facts) if (fact.area, fact.item) == (LLR.code, item)]


def test_every_file_is_read_without_a_fault_and_its_books_balance(series: Intake, editions: list[Intake]) -> None:
    assert len(editions) == 8
    for intake in (series, *editions):
        assert intake.faults == ()
        assert intake.ledger.balances
        kept = {LLR, *NEIGHBOURING_FORCES, EAST_MIDLANDS, ENGLAND, ENGLAND_AND_WALES}
        assert {fact.area for fact in intake.facts} == {area.code for area in kept}
    assert (series.ledger.read, len(series.facts)) == (560, 480)
    assert {(intake.ledger.read, len(intake.facts)) for intake in editions} == {(111, 48)}


def test_the_workbooks_cover_every_quarter_of_two_years(editions: list[Intake]) -> None:
    ends = [f"{year}-{month:02d}" for year in (2018, 2019) for month in (3, 6, 9, 12)]
    assert sorted(intake.covers.end for intake in editions) == ends
    assert {intake.covers.months for intake in editions} == {12}
    corrected = {intake.edition for intake in editions if "corrected" in intake.edition}
    assert corrected == {"year ending June 2018, corrected", "year ending September 2018, corrected"}


def test_the_force_line_of_llr(series: Intake) -> None:
    assert series.covers == Period("2014-10", "2024-09")
    assert llr(series, "Sexual offences") == [1349, 1485, 1848, 2337, 2823, 2731, 3715, 4054, 3860, 3780]
    assert llr(series, "Stalking and harassment") == [
        *(None, None, 3840, 6111, 7453, 10339, 14650, 14516, 13964, 11967),
    ]


def test_series_and_workbooks_agree_on_both_years_they_share(series: Intake, editions: list[Intake]) -> None:
    shared = {
        key: (fact, held(series)[key])
        for intake in editions
        for key, fact in held(intake).items()
        if key in held(series)
    }
    assert len(shared) == 2 * 48
    assert all(one == other for one, other in shared.values())


def test_nations_are_missing_where_greater_manchester_is(series: Intake, editions: list[Intake]) -> None:
    absent = {
        (fact.area, fact.end)
        for intake in (series, *editions)
        for fact in intake.facts
        if fact.count is None and fact.item == "Sexual offences"
    }
    assert absent == {(area.code, end) for area in (ENGLAND, ENGLAND_AND_WALES) for end in ("2019-09", "2019-12")}


def test_the_march_2018_edition_has_fewer_sexual_offences_than_the_home_office_file(editions: list[Intake]) -> None:
    (march,) = (intake for intake in editions if intake.covers.end == "2018-03")
    assert llr(march, "Sexual offences") == [2100]
