"""Publication on the tiny world, with the answers worked out by hand: areas, periods, division, gaps, markers."""

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from tests.tiny import CODES, count_of, measure, tiny_catalogue, world, write_world
from vawg_metrics.areas import DISTRICTS
from vawg_metrics.catalogue.definitions import Catalogue, Indicator
from vawg_metrics.periods import month_number
from vawg_metrics.publication import grains_of
from vawg_metrics.published import release_of
from vawg_metrics.reading import Figure, Release, open_data, select_figures
from vawg_metrics.sources.contract import Fact


def figure(
    release: Release, indicator: str, area: str, end: str, grain: str = "month", group: str = ""
) -> Figure | None:
    """One published figure of an area by name, or None when there is none."""
    number = month_number(end)
    found = select_figures(release, indicator, (CODES[area],), grain, number, number, True)
    chosen = [one for one in found if one.group == group]
    assert len(chosen) < 2
    return chosen[0] if chosen else None


def numerator(release: Release, indicator: str, area: str, end: str, grain: str = "month") -> int | None:
    found = figure(release, indicator, area, end, grain)
    assert found is not None
    return found.numerator


# Areas


def test_llr_is_the_nine_districts_and_what_has_no_district(tiny: Release) -> None:
    # January 2023 (m = 0): weight * 41 + rank; weights add up to 1,023 and ranks to 45
    assert numerator(tiny, "violence_rate", "LLR", "2023-01") == 1023 * 41 + 45
    assert numerator(tiny, "violence_rate", "No district recorded", "2023-01") == 512 * 41 + 9


def test_the_county_is_its_seven_districts_and_nothing_else(tiny: Release) -> None:
    # weights 2 to 128 add up to 254, ranks 1 to 7 to 28
    assert numerator(tiny, "violence_rate", "Leicestershire", "2023-01") == 254 * 41 + 28


def test_a_measure_without_unplaced_counts_makes_llr_of_the_nine(tiny: Release) -> None:
    # first quarter held (q = 0): weight * (1 + 6) + rank; ranks 0 to 8 add up to 36
    assert numerator(tiny, "homeless_share", "LLR", "2023-06", "quarter") == 511 * 7 + 36


def test_a_larger_place_is_unknown_when_one_part_is_and_says_which(tiny: Release) -> None:
    for area in ("Leicestershire", "LLR"):
        found = figure(tiny, "homeless_share", area, "2023-12", "quarter")
        assert found and (found.numerator, found.value, found.marker) == (None, None, "incomplete")
        assert found.note == "not known for Charnwood"
    own = figure(tiny, "homeless_share", "Charnwood", "2023-12", "quarter")
    assert own and (own.numerator, own.value, own.marker) == (None, None, "missing")
    assert numerator(tiny, "homeless_share", "Leicester", "2023-12", "quarter") == 1 + 8


def test_llr_is_the_sum_of_upper_tiers_where_they_are_what_is_supplied(tiny: Release) -> None:
    found = figure(tiny, "factor_share", "LLR", "2022-03", "year")
    assert found and (found.numerator, found.denominator) == (10 + 30 + 90, 100 + 200 + 400)
    hidden = figure(tiny, "factor_share", "LLR", "2023-03", "year")
    assert hidden and (hidden.value, hidden.marker, hidden.note) == (None, "incomplete", "not known for Rutland")


def test_a_place_that_the_publisher_supplies_is_never_summed(tiny: Release) -> None:
    # the publisher's LLR is one more than its parts; where it gives none, the parts are summed
    assert numerator(tiny, "sexual_rate", "LLR", "2024-06", "year") == 5 * 1023 + 1
    assert numerator(tiny, "stalking_rate", "LLR", "2024-06", "year") == 9 * 1023
    found = figure(tiny, "violence_rate", "LLR", "2023-01")
    assert found and found.denominator == 511 * 1100 + 11


def test_an_incomplete_month_of_a_district_leaves_llr_whole_and_the_county_unknown(tiny: Release) -> None:
    own = figure(tiny, "violence_rate", "Harborough", "2023-05")
    county = figure(tiny, "violence_rate", "Leicestershire", "2023-05")
    llr = figure(tiny, "violence_rate", "LLR", "2023-05")
    assert own and (own.numerator, own.marker) == (1, "incomplete")
    assert county and (county.numerator, county.marker, county.note) == (None, "incomplete", "not known for Harborough")
    # May 2023 (m = 4): weight * (41 + 4 + 1) + rank: nothing is lost to the force
    assert llr and (llr.numerator, llr.marker) == (1023 * 46 + 45, "")


def test_a_month_is_incomplete_under_half_of_the_usual_and_not_over_it(tiny: Release) -> None:
    under = figure(tiny, "violence_rate", "Oadby and Wigston", "2023-07")
    over = figure(tiny, "violence_rate", "Blaby", "2023-08")
    assert under and (under.numerator, under.marker) == (int((128 * 47 + 7) * 0.4), "incomplete")
    assert over and (over.numerator, over.marker) == (int((2 * 49 + 1) * 0.6), "")
    unplaced = figure(tiny, "violence_rate", "No district recorded", "2023-07")
    assert unplaced and unplaced.marker == ""  # its size is the failure of the others


def test_a_month_with_few_is_not_incomplete_and_none_is_a_true_zero(tiny: Release) -> None:
    none = figure(tiny, "robberies", "Melton", "2023-06")
    assert none and (none.numerator, none.value, none.marker) == (0, 0.0, "")
    assert numerator(tiny, "robberies", "LLR", "2023-06") == 9


def test_a_force_measure_is_published_for_the_force_and_its_comparators_alone(tiny: Release) -> None:
    areas = {one.area.name for one in select_figures(tiny, "rape_charged", (), "quarter")}
    assert areas == {"LLR", "England and Wales"}


def test_what_has_no_district_has_a_count_and_no_rate(tiny: Release) -> None:
    found = figure(tiny, "violence_rate", "No district recorded", "2023-01")
    assert found and (found.numerator, found.denominator, found.value) == (512 * 41 + 9, None, None)


# Periods


def test_a_quarter_is_its_three_months(tiny: Release) -> None:
    # January to March 2024 (m = 12, 13, 14; m % 3 = 0, 1, 2): 53 + 55 + 57
    found = figure(tiny, "violence_rate", "Leicester", "2024-03", "quarter")
    assert found and found.period and found.period.start == "2024-01"
    assert found.numerator == 165


def test_a_year_formed_here_is_april_to_march(tiny: Release) -> None:
    # m = 3 to 14: twelve times 41, months 3 to 14 add up to 102, and four times 0 + 1 + 2
    found = figure(tiny, "violence_rate", "Leicester", "2024-03", "year")
    assert found and found.period and found.period.start == "2023-04"
    assert found.numerator == 12 * 41 + 102 + 12
    ends = {one.period.end for one in select_figures(tiny, "violence_rate", (), "year") if one.period}
    assert ends == {"2024-03"}


def test_rolling_12_months_end_in_every_month_and_in_every_quarter(tiny: Release) -> None:
    # m = 4 to 15: months add up to 114
    assert numerator(tiny, "violence_rate", "Leicester", "2024-04", "rolling12") == 12 * 41 + 114 + 12
    # quarters q = 2 to 5 of Leicester: 9 + 10 + 11 + 12
    assert numerator(tiny, "homeless_share", "Leicester", "2024-09", "rolling12") == 42
    assert figure(tiny, "violence_rate", "Leicester", "2023-11", "rolling12") is None


def test_a_missing_month_is_a_row_with_a_marker_and_never_a_zero(tiny: Release) -> None:
    for area in ("Leicester", "LLR", "No district recorded", "Derbyshire"):
        found = figure(tiny, "violence_rate", area, "2023-03")
        assert found and (found.numerator, found.value, found.marker) == (None, None, "missing")
        assert found.note == "not in the copy held here"


@pytest.mark.parametrize(
    ("grain", "end"), [("quarter", "2023-03"), ("rolling12", "2023-12"), ("rolling12", "2024-02")]
)  # fmt: skip
def test_nothing_longer_is_formed_over_a_missing_month(tiny: Release, grain: str, end: str) -> None:
    found = figure(tiny, "violence_rate", "LLR", end, grain)
    assert found and (found.numerator, found.value, found.marker) == (None, None, "incomplete")
    assert "cannot be formed without what ends in March 2023" in found.note


def test_no_year_is_formed_over_an_unknown_quarter(tiny: Release) -> None:
    for area in ("Charnwood", "Leicestershire", "LLR"):
        found = figure(tiny, "homeless_share", area, "2024-03", "year")
        assert found and (found.numerator, found.marker) == (None, "incomplete")
    # Leicester's quarters: 7 + 8 + 9 + 10, out of 50 + 52 + 54 + 56
    own = figure(tiny, "homeless_share", "Leicester", "2024-03", "year")
    assert own and (own.numerator, own.denominator) == (34, 212)


def test_nothing_longer_is_formed_over_an_incomplete_month(tiny: Release) -> None:
    assert numerator(tiny, "violence_rate", "Harborough", "2024-03", "year") is None
    assert numerator(tiny, "violence_rate", "Leicestershire", "2024-03", "year") is None
    assert numerator(tiny, "violence_rate", "LLR", "2024-03", "year") == 1023 * (12 * 41 + 102 + 12) + 45 * 12


def test_years_that_end_in_another_month_are_another_series(tiny: Release) -> None:
    ends = {one.period.end for one in select_figures(tiny, "force_rate", (CODES["LLR"],), "year") if one.period}
    assert ends == {"2021-09", "2022-09"}


def test_the_years_between_two_held_years_are_gaps(tiny: Release) -> None:
    rows = select_figures(tiny, "sexual_rate", (CODES["Melton"],), "year")
    assert [(one.period.end, one.marker) for one in rows if one.period] == [
        ("2021-06", ""), ("2022-06", "missing"), ("2023-06", "missing"), ("2024-06", ""),
    ]  # fmt: skip


def test_a_stock_takes_the_latest_quarter_and_is_never_added_over_time(tiny: Release) -> None:
    # q = 3: weight * (100 - 9)
    assert numerator(tiny, "waiting", "Leicester", "2024-03", "year") == 91
    assert numerator(tiny, "waiting", "Melton", "2024-03", "year") == 32 * 91
    assert numerator(tiny, "waiting", "LLR", "2023-09", "quarter") == 511 * 99


def test_a_flow_over_a_stock_sums_the_one_and_takes_the_latest_of_the_other(tiny: Release) -> None:
    found = figure(tiny, "homeless_per_waiting", "Leicester", "2024-03", "year")
    assert found and (found.numerator, found.denominator, found.value) == (34, 91, 34 / 91)


# Division


def test_sums_come_first_and_division_last(tiny: Release) -> None:
    # charged 1 + m % 3, known outcomes 21 + m % 3 (rank 0), m = 4 to 15
    charged = [1 + m % 3 for m in range(12, 15)]
    known = [21 + m % 3 for m in range(12, 15)]
    found = figure(tiny, "charged_share", "Leicester", "2024-03", "quarter")
    assert found and (found.numerator, found.denominator) == (sum(charged), sum(known)) == (6, 66)
    assert found.value == pytest.approx(100 * 6 / 66, rel=1e-12)
    assert found.value != pytest.approx(sum(100 * a / b for a, b in zip(charged, known, strict=True)) / 3, rel=1e-4)


def test_the_share_of_a_larger_place_is_not_the_mean_of_its_parts(tiny: Release) -> None:
    found = figure(tiny, "charged_share", "LLR", "2024-01")
    assert found and found.denominator == 1023 * 21 + 45
    assert found.value == pytest.approx(100 * 1023 / (1023 * 21 + 45), rel=1e-12)


@pytest.mark.parametrize(
    ("indicator", "area", "end", "grain", "denominator", "year"),
    [
        ("violence_rate", "Leicester", "2023-12", "month", 1100, "2023"),
        ("violence_rate", "Leicester", "2024-09", "month", 1100, "2023"),  # carried forward
        ("violence_rate", "Leicester", "2024-03", "year", 1100, "2023"),  # never twelve times over
        ("violence_rate", "Leicestershire", "2023-01", "month", 254 * 1100, "2023"),
        ("sexual_rate", "Leicester", "2021-06", "year", 900, "2018"),  # the next one is nearer, and later
        ("force_rate", "LLR", "2021-09", "year", 511_011, "2022"),  # none is earlier: the first there is
        ("violence_by_household", "LLR", "2023-01", "month", 511 * 400, "2021"),
        ("force_rate", "LLR", "2022-09", "year", 511_011, "2022"),
        ("homeless_rate", "LLR", "2023-06", "quarter", 511 * 400, "2021"),
        ("homeless_rate", "Leicester", "2024-09", "rolling12", 400, "2021"),
    ],
)
def test_an_estimate_is_of_the_year_in_which_the_period_ends_or_carried_and_named(
    tiny: Release, indicator: str, area: str, end: str, grain: str, denominator: int, year: str
) -> None:
    found = figure(tiny, indicator, area, end, grain)
    assert found and (found.denominator, found.denominator_period) == (denominator, year)
    assert found.value == 1000 * (found.numerator or 0) / denominator


def test_an_unknown_denominator_leaves_a_count_and_no_share(tiny: Release) -> None:
    found = figure(tiny, "prevented_share", "Melton", "2024-06", "quarter")
    assert found and (found.numerator, found.denominator, found.value) == (32, None, None)
    assert found.marker == "suppressed"
    year = figure(tiny, "prevented_share", "Melton", "2024-09", "rolling12")
    assert year and (year.numerator, year.marker) == (None, "incomplete")


def test_out_of_none_there_is_no_share(tiny: Release) -> None:
    found = figure(tiny, "charged_share", "Rutland", "2024-02")
    assert found and (found.numerator, found.denominator, found.value, found.marker) == (0, 0, None, "missing")
    assert found.note == "none were counted, so there is no share of them"


def test_the_share_of_the_unplaced_is_out_of_the_whole_force(tiny: Release) -> None:
    found = figure(tiny, "unplaced_share", "LLR", "2024-06", "year")
    assert found and (found.numerator, found.denominator) == (512 * 5, 5 * 1023 + 1)


def test_the_measure_of_the_edition_counts_the_catalogue_itself(tiny: Release) -> None:
    (found,) = select_figures(tiny, "agreed_share", (), "edition")
    assert (found.period, found.numerator, found.denominator) == (None, 1, 18)  # the retired one is left out
    assert found.value == pytest.approx(100 / 18)


# Groups, downloads, faults


def test_the_groups_add_up_to_all_that_was_recorded(tiny: Release) -> None:
    number = month_number("2024-01")
    rows = select_figures(tiny, "charged_share", (CODES["Leicester"],), "month", number, number, True)
    groups = {one.group: one.numerator for one in rows if one.breakdown}
    assert groups == {
        "charged": 1, "out_of_court": 3, "unable_to_prosecute": 10, "no_suspect": 5, "other": 2, "not_yet_known": 32,
    }  # fmt: skip
    assert {one.denominator for one in rows if one.breakdown} == {53}
    assert sum(one.value or 0 for one in rows if one.breakdown) == pytest.approx(100)
    assert [(one.numerator, one.denominator) for one in rows if not one.breakdown] == [(1, 21)]


def test_months_of_two_downloads_are_not_added_up(tiny: Release) -> None:
    found = figure(tiny, "charged_share", "Leicester", "2023-06", "quarter")
    assert found and (found.numerator, found.marker) == (None, "incomplete")
    assert found.note == "the months come from two downloads, which are not added up"
    within = figure(tiny, "charged_share", "Leicester", "2024-04", "rolling12")
    assert within and within.numerator == sum(1 + m % 3 for m in range(4, 16))


def test_outcomes_are_provisional_until_their_own_download_is_old_enough(tiny: Release) -> None:
    marks = {
        end: found.marker
        for end in ("2023-01", "2023-04", "2023-06", "2024-05", "2024-06", "2024-09")
        if (found := figure(tiny, "charged_share", "Leicester", end))
    }
    assert marks == {
        "2023-01": "provisional", "2023-04": "provisional", "2023-06": "", "2024-05": "", "2024-06": "provisional",
        "2024-09": "provisional",
    }  # fmt: skip


def test_a_known_fault_is_unknown_and_gives_its_reason(tiny: Release) -> None:
    found = figure(tiny, "charged_share", "LLR", "2023-02")
    assert found and (found.numerator, found.denominator, found.marker) == (None, None, "missing")
    assert found.note == "outcomes are unknown"
    assert numerator(tiny, "violence_rate", "LLR", "2023-02") is not None


def test_a_publishers_marker_stays_with_the_figure(tiny: Release) -> None:
    revised = figure(tiny, "force_rate", "LLR", "2021-09", "year")
    assert revised and (revised.numerator, revised.marker) == (700, "revised")
    county = figure(tiny, "women", "Leicestershire", "2023-12", "year")
    assert county and (county.numerator, county.marker) == (254 * 557, "provisional")


# Which grains, which measures


def test_the_grains_of_a_measure_are_its_own_and_the_coarser_ones(tiny: Release) -> None:
    grains = {one.id: grains_of(one) for one in tiny.catalogue.indicators if one.public}
    assert grains["violence_rate"] == ("month", "quarter", "year", "rolling12")
    assert grains["homeless_share"] == ("quarter", "year", "rolling12")
    assert grains["sexual_rate"] == ("year",)
    assert grains["agreed_share"] == ("edition",)


def test_what_is_published_only_as_supplied_has_no_longer_period() -> None:
    as_supplied = count_of("homelessness", "item = 'owed'", over_time="none")
    flow = count_of("homelessness", "item = 'owed'")
    for one in (measure("a", 1, as_supplied), measure("a", 1, flow, denominator=as_supplied)):
        assert grains_of(replace(one, native_period="quarter")) == ("quarter",)


def test_a_retired_measure_and_one_not_collected_have_no_figures(tiny: Release) -> None:
    for id_ in ("given_up", "not_collected"):
        assert tiny.warehouse.rows("select count(*) from figure where indicator = ?", [id_]) == [(0,)]


def test_every_figure_is_known_or_has_a_reason(tiny: Release) -> None:
    unknown = "select count(*) from figure where numerator is null and (marker in ('', 'provisional') or note is null)"
    assert tiny.warehouse.rows(unknown) == [(0,)]
    assert tiny.warehouse.rows("select count(*) from figure where isnan(value) or isinf(value)") == [(0,)]


# Sealed, strict, named


@pytest.mark.parametrize(
    "sql",
    [
        "select * from fact",
        "select * from street_crime",
        "select * from cell",
        "select * from divisor",
        "select * from spine",
        "select * from read_csv('/etc/hostname')",
        "copy figure to 'out.csv'",
        "attach 'elsewhere.db'",
        "set enable_external_access = true",
        "reset lock_configuration",
        "install httpfs",
    ],
)
def test_after_publication_nothing_else_can_be_reached(tiny: Release, sql: str) -> None:
    with pytest.raises(duckdb.Error):
        tiny.warehouse.rows(sql)


def opened(tmp_path: Path, facts: dict[str, tuple[Fact, ...]], indicators: tuple[Indicator, ...] = ()) -> Release:
    """A world of a few facts, opened with a few measures of the tiny catalogue."""
    write_world(tmp_path / "published", facts)
    return open_data(tmp_path, replace(tiny_catalogue(), indicators=indicators))


def test_a_measure_without_any_fact_has_no_figure_and_stops_nothing(tmp_path: Path) -> None:
    wanted = tuple(tiny_catalogue().indicator(id_) for id_ in ("homeless_share", "violence_rate", "women"))
    found = opened(tmp_path, {"ons_population": world()["ons_population"]}, wanted)
    assert {one for (one,) in found.warehouse.rows("select distinct indicator from figure")} == {"women"}


def test_the_order_of_the_definitions_changes_no_figure(tiny: Release, tiny_data: Path) -> None:
    turned: Catalogue = replace(tiny.catalogue, indicators=tuple(reversed(tiny.catalogue.indicators)))
    other = open_data(tiny_data, turned)
    everything = "select * from figure order by all"
    assert other.warehouse.rows(everything) == tiny.warehouse.rows(everything)


def test_the_release_is_named_by_its_data_and_by_its_definitions(tiny: Release) -> None:
    manifest = tiny.manifest
    assert release_of(manifest, tiny.catalogue.fingerprint) == tiny.name
    assert release_of(manifest, "other definitions") != tiny.name
    assert release_of(replace(manifest, files=manifest.files[1:]), tiny.catalogue.fingerprint) != tiny.name


def test_every_district_is_published(tiny: Release) -> None:
    names = {one.area.name for one in select_figures(tiny, "violence_rate", (), "month")}
    assert {area.name for area in DISTRICTS} < names
