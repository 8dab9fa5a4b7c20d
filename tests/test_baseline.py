"""The baseline beside a finding, or why there is none; how far the measures reach; what is to be fetched."""

import pytest

from tests.places import RUTLAND
from vawg_metrics.areas import LLR
from vawg_metrics.holdings import gaps_of, year_cells
from vawg_metrics.reading import Release, read
from vawg_metrics.selection import Selection
from vawg_metrics.standing import coverage_of, standing_of
from vawg_metrics.statements import change

pytestmark = pytest.mark.real_data
YEARS = [str(year) for year in range(2018, 2027)]


def said(release: Release, indicator: str, area: str = "LLR") -> str:
    return change(read(release, release.catalogue.indicator(indicator), Selection((area,)))).text


def test_a_like_year_is_named_with_its_place(release: Release) -> None:
    found = said(release, "assessments_parent_domestic_abuse", "Melton")
    assert found == (
        "Since the baseline, 2022/23 (35 % (2,124 of 6,106), LLR): 3.4 percentage points lower in 2024/25 "
        "(95 % limits −5.0 to −1.8)."
    )


def test_a_year_that_cannot_be_formed_says_for_whom(release: Release) -> None:
    found = said(release, "domestic_abuse_prevention_stage_share")
    assert found.startswith("No baseline: 2022/23 is not known for LLR (incomplete: not known for Charnwood")


def test_a_recording_change_cuts_the_baseline_off(release: Release) -> None:
    assert said(release, "violence_sexual_offences_charged_share").startswith(
        "No like-for-like baseline: recording changed in spring"
    )


def test_where_nothing_earlier_is_held_that_is_the_reason_and_not_a_recording_change(release: Release) -> None:
    assert said(release, "stalking_harassment_rate").startswith("No baseline: the series held here does not reach back")
    assert "May 2023 to April 2024 (34.8 per 1,000 residents (40,888), LLR): 7.4 % lower in 2025" in said(
        release, "violence_sexual_offences_rate"
    )


def test_a_series_that_begins_later_says_so(release: Release) -> None:
    assert "does not reach back" in said(release, "domestic_abuse_homelessness_victims_rate")
    assert "present edition only" in said(release, "survivor_agreed_measures")


def test_measures_are_counted_by_how_far_they_reach(release: Release) -> None:
    measures = [one for one in release.catalogue.indicators if one.priority != "context"]
    coverage = coverage_of(release, measures)
    assert (coverage.held, coverage.history, coverage.awaited, coverage.measures) == (17, 7, 47, 71)
    assert standing_of(release, release.catalogue.indicator("sexual_offence_arrests")) == "history"


def test_years_are_told_apart_by_what_is_held(release: Release) -> None:
    cells = year_cells(release, release.catalogue.indicator("violence_sexual_offences_rate"), LLR, YEARS)
    assert [cells[year] for year in ("2018", "2019", "2022", "2023", "2026")] == [
        "before", "part", "part", "held", "after",
    ]  # fmt: skip
    force = year_cells(release, release.catalogue.indicator("rape_recorded"), RUTLAND, YEARS)
    assert set(force.values()) == {"whole"}
    awaited = year_cells(release, release.catalogue.indicator("vawg_offences_rate"), LLR, YEARS)
    assert set(awaited.values()) == {"awaited"}


def test_the_months_to_fetch_are_the_gap_and_what_came_since(release: Release) -> None:
    gaps = gaps_of(release, release.catalogue.source("police_uk_street"), "2026-11")
    assert gaps == ("November 2022", "December 2022", "everything after December 2025")
    assert gaps_of(release, release.catalogue.source("census_households"), "2026-11") == ()
