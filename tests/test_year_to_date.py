"""The financial year to date: whole months only, sums before division, and never across a break."""

import csv
import gzip
from dataclasses import replace

import pytest

from tests.conftest import DATA
from vawg_metrics.areas import DISTRICTS, LLR, UNPLACED, Area
from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.periods import Period, month_number
from vawg_metrics.release import Release, totals_of
from vawg_metrics.statements import year_words
from vawg_metrics.year_to_date import YearToDate, financial_start, year_to_date

VIOLENCE = "Violence and sexual offences"
PLACES = {area.name: area for area in (*DISTRICTS, LLR)}


@pytest.mark.parametrize(
    ("month", "start"),
    [("2025-04", "2025-04"), ("2025-12", "2025-04"), ("2025-03", "2024-04"), ("2025-01", "2024-04")],
)
def test_a_financial_year_begins_in_april(month: str, start: str) -> None:
    assert financial_start(month) == start


def by_hand(release: Release, indicator: Indicator, area: Area, first: str, last: str) -> tuple[int, int | None]:
    """Numerators summed in a plain loop, and denominators summed or taken from the last period."""
    grain = indicator.native_period
    inside = [
        one for one in totals_of(release, indicator.id, area.code)[grain]
        if one.period and first <= one.period.start and one.period.end <= last
    ]  # fmt: skip
    count, below = 0, 0
    for one in inside:
        assert one.numerator is not None
        count += one.numerator
        below = (one.denominator or 0) + (below if indicator.share else 0)
    return count, below if indicator.denominator else None


@pytest.mark.parametrize("name", ["Leicester", "Melton", "LLR"])
@pytest.mark.parametrize("id_", ["violence_rate", "charged_share", "homeless_share"])
def test_sums_are_those_of_a_plain_loop(tiny: Release, id_: str, name: str) -> None:
    indicator, area = tiny.catalogue.indicator(id_), PLACES[name]
    found = year_to_date(tiny, indicator, area)
    if found.after is None:
        assert found.obstacle == "gap"
        return
    for one in (found.after, found.before):
        assert one is not None and one.period is not None
        count, below = by_hand(tiny, indicator, area, one.period.start, one.period.end)
        assert (one.numerator, one.denominator) == (count, below)
        assert one.value == (indicator.per * count / below if below else float(count))
    assert found.after.period is not None and found.before is not None and found.before.period is not None
    assert month_number(found.after.period.end) - month_number(found.before.period.end) == 12
    assert found.after.period.months == found.before.period.months


def test_at_least_one_place_of_the_tiny_world_has_a_tested_year_and_one_a_gap(tiny: Release) -> None:
    measures = [one for one in tiny.catalogue.indicators if one.collected]
    found = [year_to_date(tiny, one, area) for one in measures for area in PLACES.values()]
    assert any(one.change for one in found)
    assert any(one.obstacle == "gap" for one in found)
    assert all((one.change is None) == (one.obstacle != "") for one in found)


def test_what_cannot_be_added_up_is_not(tiny: Release) -> None:
    yearly = tiny.catalogue.indicator("sexual_rate")
    assert year_to_date(tiny, yearly, LLR) == YearToDate(None, None, None, "not_summed")
    monthly = tiny.catalogue.indicator("violence_rate")
    assert year_to_date(tiny, replace(monthly, disclosure="protected"), LLR).obstacle == "not_summed"
    assert year_to_date(tiny, monthly, UNPLACED).obstacle == "unplaced"


def test_an_end_is_kept_to(tiny: Release) -> None:
    monthly = tiny.catalogue.indicator("violence_rate")
    found = year_to_date(tiny, monthly, PLACES["Leicester"], "2024-06")
    assert found.after is not None and found.after.period == Period("2024-04", "2024-06")


@pytest.mark.real_data
def test_llr_by_another_way_from_the_stored_facts(release: Release) -> None:
    indicator = release.catalogue.indicator("violence_sexual_offences_rate")
    found = year_to_date(release, indicator, LLR)
    assert found.after is not None and found.before is not None
    assert found.after.period == Period("2025-04", "2025-12")
    (path,) = (DATA / "published").glob("police_uk_street-*.csv.gz")
    wanted = {LLR.code} | {area.code for area in DISTRICTS} | {UNPLACED.code}
    count = {"2025": 0, "2024": 0}
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            month, ours = row["period_end"], row["area"] in wanted
            if ours and row["item"] == VIOLENCE and month[:4] in count and "04" <= month[5:] <= "12":
                count[month[:4]] += int(row["count"])
    assert (found.after.numerator, found.before.numerator) == (count["2025"], count["2024"])
    said = year_words(indicator, found)
    assert f"{count['2025']:,} (" in said and "in 9 months) in April to December 2025" in said


@pytest.mark.real_data
def test_every_real_answer_is_a_sentence(release: Release) -> None:
    measures = [one for one in release.catalogue.indicators if one.collected]
    said = [year_words(one, year_to_date(release, one, area)) for one in measures for area in PLACES.values()]
    assert all(one.endswith(".") and ".." not in one and one[0].isalnum() for one in said)
    assert sum("cannot be told from chance" in one for one in said) > 5
    assert sum("lower" in one or "higher" in one for one in said) > 5
