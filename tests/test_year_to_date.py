"""The financial year to date: whole months only, sums before division, and never across a break."""

import csv
import gzip
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from types import SimpleNamespace
from typing import cast

import pytest

from tests.conftest import DATA
from tests.readings import indicator, run
from vawg_metrics.areas import DISTRICTS, LLR, UNPLACED, Area
from vawg_metrics.catalogue.definitions import Catalogue, Indicator
from vawg_metrics.catalogue.terms import Term
from vawg_metrics.figure import Figure
from vawg_metrics.methods.intervals import wilson
from vawg_metrics.methods.rates import rate
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
    joined = found.obstacle == "join" and found.before is None  # the tiny world's second download begins in May 2023
    assert joined == (id_ == "charged_share")
    for one in (found.after,) if joined else (found.after, found.before):
        assert one is not None and one.period is not None
        count, below = by_hand(tiny, indicator, area, one.period.start, one.period.end)
        assert (one.numerator, one.denominator) == (count, below)
        assert one.value == (indicator.per * count / below if below else float(count))
    if found.before is None:
        return
    assert found.after.period is not None and found.before.period is not None
    assert month_number(found.after.period.end) - month_number(found.before.period.end) == 12
    assert found.after.period.months == found.before.period.months


def test_at_least_one_place_of_the_tiny_world_has_a_tested_year_and_one_a_gap(tiny: Release) -> None:
    measures = [one for one in tiny.catalogue.indicators if one.public]
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


# Two years by hand: 21 months from April 2024, of which April to December is compared.

RATE = indicator(native_period="month")
SHARE = indicator(
    native_period="month", unit="percent", per=100, denominator=Term("households", "households", "true"),
)  # fmt: skip
OUTCOMES = replace(SHARE, mature_after_months=6)
MONTHS = [*range(10, 19), 500, 500, 500, *range(20, 29)]  # January to March, which are in neither span, stand out


Ask = Callable[..., YearToDate]


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch) -> Ask:
    def asked(
        of: Indicator,
        held: tuple[Figure, ...],
        changes: tuple[str, ...] = (),
        joins: tuple[str, ...] = (),
        end: str = "",
    ) -> YearToDate:
        monkeypatch.setattr("vawg_metrics.year_to_date.totals_of", lambda *_: {held[0].grain: held})
        catalogue = SimpleNamespace(joins_for=lambda _: joins, breaks_for=lambda _: (*changes, *joins))
        catalogue.parts_between = partial(Catalogue.parts_between, catalogue)
        return year_to_date(cast(Release, SimpleNamespace(catalogue=catalogue)), of, held[0].area, end)

    return asked


def test_people_are_those_of_the_last_month_and_only_like_months_are_summed(ask: Ask) -> None:
    held = tuple(
        replace(one, denominator=1000 + place)
        for place, one in enumerate(run("Melton", "2024-04", MONTHS, "month", RATE))
    )
    found = ask(RATE, held)
    assert found.after.period == Period("2025-04", "2025-12") and found.before.period == Period("2024-04", "2024-12")
    assert (found.after.numerator, found.after.denominator) == (216, 1020)
    assert (found.before.numerator, found.before.denominator) == (126, 1008)
    limits = rate(216, 1020, per=1000)
    assert (found.after.lower, found.after.upper) == pytest.approx((limits.lower, limits.upper))
    assert found.change.verdict == "higher" and found.obstacle == ""
    assert found.change.estimate == pytest.approx((216 / 1020) / (126 / 1008))


def test_a_share_is_of_sums_and_has_the_limits_of_a_share(ask: Ask) -> None:
    found = ask(SHARE, run("Melton", "2024-04", MONTHS, "month", SHARE))
    assert (found.after.numerator, found.after.denominator, found.after.value) == (216, 9000, pytest.approx(2.4))
    limits = wilson(216, 9000)
    assert (found.after.lower, found.after.upper) == pytest.approx((100 * limits.lower, 100 * limits.upper))


def test_every_month_that_is_unknown_is_named(ask: Ask) -> None:
    held = run("Melton", "2024-04", [None if place in (1, 13) else one for place, one in enumerate(MONTHS)], "month")
    found = ask(RATE, held)
    assert found.obstacle == "gap" and found.after is None and found.before is None
    assert year_words(RATE, found) == "Not given: May 2024 and May 2025 are not known."
    few = ask(RATE, held[12:])
    assert [one.period.end for one in few.lacking] == [f"2024-{month:02d}" for month in range(4, 13)] + ["2025-05"]
    assert "10 months are not known" in year_words(RATE, few)


@pytest.mark.parametrize(("month", "before", "after"), [
    ("2024-04", True, True), ("2024-05", False, True), ("2025-02", True, True), ("2025-04", True, True),
    ("2025-06", True, False),
])  # fmt: skip
def test_nothing_is_summed_or_compared_across_a_break(ask: Ask, month: str, before: bool, after: bool) -> None:
    found = ask(RATE, run("Melton", "2024-04", MONTHS, "month", RATE), (month,))
    assert (found.before is not None, found.after is not None) == (before, after)
    parted = month != "2024-04"  # what begins with the first month parts nothing
    assert (found.obstacle == "change") == (found.change is None) == parted
    assert ("for recording changed between" in year_words(RATE, found)) == parted


def test_only_what_is_parted_by_a_download_speaks_of_one(ask: Ask) -> None:
    held = run("Melton", "2024-04", MONTHS, "month", RATE)
    found = ask(RATE, held, joins=("2025-02",))
    assert found.obstacle == "join" and "for a new download began between" in year_words(RATE, found)
    both = ask(RATE, held, ("2024-05",), ("2025-02",))
    assert both.obstacle == "join" and both.before is None and both.change is None


def test_outcomes_that_are_not_settled_are_not_compared(ask: Ask) -> None:
    held = run("Melton", "2024-04", MONTHS, "month", SHARE)
    young = (*held[:-1], replace(held[-1], marker="provisional"))
    assert ask(OUTCOMES, young).obstacle == "unsettled"
    assert ask(OUTCOMES, young, end="2025-11").change is not None
    assert ask(SHARE, young).change is not None and "provisional" in year_words(SHARE, ask(SHARE, young))


def test_a_quarter_of_a_district_under_five_is_not_spoken_of(ask: Ask) -> None:
    held = run("Melton", "2024-06", [4, 9, 9, 9, 20, 9])
    assert "under 5" in year_words(indicator(), ask(indicator(), held, end="2025-06"))
    assert "22 (" not in year_words(indicator(), ask(indicator(), held, end="2025-06"))
    assert "13 (" in year_words(indicator(), ask(indicator(), held))
    whole = run(LLR, "2024-06", [4, 9, 9, 9, 20])
    assert "4 (" in year_words(indicator(), ask(indicator(), whole))


def test_without_people_nothing_is_compared(ask: Ask) -> None:
    held = run("Melton", "2024-04", MONTHS, "month", RATE)
    found = ask(RATE, tuple(replace(one, denominator=None, value=None) for one in held))
    assert (found.change, found.obstacle, found.after.numerator) == (None, "not_tested", 216)
    assert "Not compared" in year_words(RATE, found)


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
    measures = [one for one in release.catalogue.indicators if one.public]
    said = [year_words(one, year_to_date(release, one, area)) for one in measures for area in PLACES.values()]
    assert all(one.endswith(".") and ".." not in one and one[0].isalnum() for one in said)
    assert sum("cannot be told from chance" in one for one in said) > 5
    assert sum("lower" in one or "higher" in one for one in said) > 5
