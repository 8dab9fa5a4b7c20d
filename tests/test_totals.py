"""The totals that publishers' files are known to hold, as they come out of the committed data."""

from collections import Counter
from collections.abc import Iterable, Mapping

import pytest

from tests.conftest import DATA
from tests.places import LEICESTER, RUTLAND
from vawg_metrics.areas import COUNTY_DISTRICTS, DISTRICTS, HOME, LEICESTERSHIRE, LLR, UNPLACED
from vawg_metrics.periods import month_number, year_ending
from vawg_metrics.published import Manifest, Provenance, faults_of, read_facts
from vawg_metrics.reading import Figure, Release, select_figures
from vawg_metrics.sources.contract import Fact

pytestmark = pytest.mark.real_data

CODE = {area.name: area.code for area in HOME}
NINE = {area.name for area in DISTRICTS}
STREET_ROWS = {
    "2019": 8_092, "2020": 97_979, "2021": 99_007, "2022": 96_760, "2023": 110_042, "2024": 107_902, "2025": 106_149,
}  # fmt: skip
Facts = Mapping[Fact, tuple[str, ...]]


@pytest.fixture(scope="module")
def manifest(release: Release) -> Manifest:
    return release.manifest


def facts(manifest: Manifest, source: str) -> Facts:
    return read_facts(DATA / "published", manifest.facts[source])


def figures(release: Release, id_: str, end: str, grain: str) -> dict[str, Figure]:
    """The figures of LLR's own places at one period, by name."""
    number = month_number(end)
    found = select_figures(release, id_, tuple(CODE.values()), grain, number, number)
    return {one.area.name: one for one in found}


def figure(release: Release, id_: str, area: str, end: str, grain: str) -> Figure:
    return figures(release, id_, end, grain)[area]


def counts(found: Mapping[str, Figure]) -> dict[str, int | None]:
    return {name: one.numerator for name, one in found.items()}


def rows_read(records: Iterable[Provenance]) -> int:
    return sum(one.read for one in records)


# What was read


def test_every_ledger_of_the_committed_data_balances(manifest: Manifest) -> None:
    assert faults_of(DATA / "published", manifest) == []
    assert len(manifest.files) == 70


def test_the_data_is_small(manifest: Manifest) -> None:
    published = DATA / "published"
    assert sum(path.stat().st_size for path in published.iterdir()) < 8_000_000
    assert (published / manifest.documents["districts.geojson"].file).stat().st_size < 60_000


def test_nothing_lies_in_the_folder_that_the_manifest_does_not_name(manifest: Manifest) -> None:
    named = {stored.file for stored in (*manifest.facts.values(), *manifest.documents.values())}
    assert {path.name for path in (DATA / "published").iterdir()} == named | {"provenance.json"}


def test_the_street_ledgers_add_up_to_every_row_of_71_months(manifest: Manifest) -> None:
    own = [one for one in manifest.of_source("police_uk_street") if one.file.startswith("leicestershire")]
    assert rows_read(own) == 625_931
    assert {one.file[-8:-4]: one.read for one in own} == STREET_ROWS
    reasons: Counter[str] = Counter()
    for one in own:
        reasons.update(dict(one.kept))
    assert reasons["placed outside LLR"] == 3_206
    assert sum(reasons.values()) == 625_931


def test_street_facts_add_up_to_the_rows_read(manifest: Manifest) -> None:
    own = {*(area.code for area in DISTRICTS), UNPLACED.code}
    by_year: Counter[str] = Counter()
    months = set()
    for fact in facts(manifest, "police_uk_street"):
        if fact.area in own:
            by_year[fact.end[:4]] += fact.count or 0
            months.add(fact.end)
    assert by_year == STREET_ROWS
    assert len(months) == 71
    assert not {"2022-11", "2022-12"} & months


def test_street_crime_of_2025_by_place(manifest: Manifest) -> None:
    by_place: Counter[str] = Counter()
    for fact in facts(manifest, "police_uk_street"):
        if fact.end.startswith("2025"):
            by_place[fact.area] += fact.count or 0
    own = {name: by_place[code] for name, code in CODE.items() if code in by_place}
    assert own == {
        "Leicester": 49_401, "Charnwood": 14_989, "Hinckley and Bosworth": 7_912, "North West Leicestershire": 7_884,
        "Blaby": 7_273, "Harborough": 5_229, "Oadby and Wigston": 3_823, "Melton": 3_723, "Rutland": 1_912,
        "No district recorded": 3_063 + 940,
    }  # fmt: skip
    (record,) = [one for one in manifest.of_source("police_uk_street") if one.file == "leicestershire-street-2025.zip"]
    assert dict(record.kept) == {"placed in a district": 102_146, "no location": 3_063, "placed outside LLR": 940}


# Recorded crime


def test_in_every_column_of_table_c2_the_force_is_its_nine_and_the_unassigned(manifest: Manifest) -> None:
    own = {*(area.code for area in DISTRICTS), UNPLACED.code}
    force: dict[str, int | None] = {}
    parts: dict[str, list[int | None]] = {}
    for fact in facts(manifest, "ons_csp"):
        if fact.area == LLR.code:
            force[fact.item] = fact.count
        elif fact.area in own:
            parts.setdefault(fact.item, []).append(fact.count)
    assert len(force) == 6
    for item, count in force.items():
        assert len(parts[item]) == 10 and None not in parts[item]
        assert sum(one or 0 for one in parts[item]) == count, item
    assert (force["Sexual offences"], force["Stalking and harassment"]) == (3_843, 11_555)


def test_sexual_offences_and_stalking_of_the_year_to_june_2025(release: Release) -> None:
    sexual = figures(release, "sexual_offences_rate", "2025-06", "year")
    stalking = figures(release, "stalking_harassment_rate", "2025-06", "year")
    everything = figures(release, "recorded_crime_rate", "2025-06", "year")
    assert (sexual["LLR"].numerator, sexual["No district recorded"].numerator) == (3_843, 277)
    assert (stalking["LLR"].numerator, stalking["No district recorded"].numerator) == (11_555, 563)
    assert (everything["LLR"].numerator, everything["No district recorded"].numerator) == (94_194, 4_481)
    share = figure(release, "sexual_offences_no_district_share", "LLR", "2025-06", "year")
    assert (share.numerator, share.denominator, round(share.value or 0, 1)) == (277, 3_843, 7.2)
    for found in (sexual, stalking, everything):
        assert sum(found[name].numerator or 0 for name in (*NINE, UNPLACED.name)) == found["LLR"].numerator
        assert found["No district recorded"].value is None


def test_violence_and_sexual_offences_of_2024_and_those_charged(release: Release) -> None:
    recorded = figure(release, "violence_sexual_offences_rate", "LLR", "2024-12", "rolling12")
    charged = figure(release, "violence_sexual_offences_charged_share", "LLR", "2024-12", "rolling12")
    assert recorded.numerator == 39_162
    assert charged.numerator == 3_081
    assert recorded.denominator == 1_175_364
    assert recorded.value == 1000 * 39_162 / 1_175_364


def test_the_outcomes_of_2024_add_up_to_all_that_was_recorded(release: Release) -> None:
    number = month_number("2024-12")
    id_ = "violence_sexual_offences_charged_share"
    found = select_figures(release, id_, (LLR.code,), "rolling12", number, number, True)
    groups = [one for one in found if one.breakdown]
    assert sum(one.numerator or 0 for one in groups) == 39_162
    assert {one.denominator for one in groups} == {39_162}
    assert sum(one.value or 0 for one in groups) == pytest.approx(100)


def test_rape_of_2018_19_its_charges_and_its_victims_who_did_not_go_on(release: Release) -> None:
    charged = figure(release, "rape_charged_share", "LLR", "2019-03", "year")
    ended = figure(release, "rape_victim_does_not_support_share", "LLR", "2019-03", "year")
    assert (charged.numerator, charged.denominator) == (28, 976)
    assert (ended.numerator, ended.denominator) == (557, 976)


def test_sexual_offences_of_2017_18_are_those_of_one_edition(manifest: Manifest) -> None:
    force = [
        fact.count
        for fact in facts(manifest, "ons_pfa")
        if (fact.area, fact.end, fact.item) == (LLR.code, "2018-03", "Sexual offences")
    ]
    assert force == [2_100]  # 2,284 in the Home Office's later edition


# Homelessness


def test_domestic_abuse_homelessness_of_2024_25_by_district(release: Release) -> None:
    found = counts(figures(release, "domestic_abuse_homelessness_share", "2025-03", "year"))
    assert found == {
        "LLR": 917, "Leicestershire": 917 - 319 - 18, "Leicester": 319, "Hinckley and Bosworth": 201, "Harborough": 94,
        "Blaby": 74, "Oadby and Wigston": 62, "Melton": 53, "North West Leicestershire": 49, "Charnwood": 47,
        "Rutland": 18,
    }  # fmt: skip
    victims = figure(release, "domestic_abuse_homelessness_victims_rate", "LLR", "2025-03", "year")
    assert victims.numerator == 868
    perpetrators = "owed_domestic_abuse_perpetrators"
    own = {area.code for area in DISTRICTS}
    others = [
        fact.count or 0
        for fact in facts(release.manifest, "homelessness")
        if fact.item == perpetrators and fact.area in own and "2024-04" <= fact.start <= "2025-01"
    ]
    assert sum(others) == 917 - 868 == 49


def test_those_helped_before_they_lost_their_home_in_2024_25(release: Release) -> None:
    found = figure(release, "domestic_abuse_prevention_stage_share", "LLR", "2025-03", "year")
    assert (found.numerator, found.denominator) == (116, 917)
    assert found.value == pytest.approx(100 * 116 / 917)


def test_domestic_abuse_homelessness_of_the_newest_quarter_by_district(release: Release) -> None:
    found = counts(figures(release, "domestic_abuse_homelessness_rate", "2025-12", "quarter"))
    newest = {
        "Leicester": 79, "Hinckley and Bosworth": 43, "Harborough": 33, "Blaby": 26, "Oadby and Wigston": 29,
        "Melton": 7, "North West Leicestershire": 12, "Charnwood": 23, "Rutland": 6,
    }  # fmt: skip
    assert found == newest | {"LLR": sum(newest.values()), "Leicestershire": sum(newest.values()) - 79 - 6}


def test_llr_is_unknown_in_nine_of_31_quarters_and_three_years_can_be_formed(release: Release) -> None:
    quarters = select_figures(release, "domestic_abuse_homelessness_rate", (LLR.code,), "quarter")
    unknown = [one for one in quarters if not one.known]
    assert (len(quarters), len(unknown)) == (31, 9)
    assert {(one.value, one.marker) for one in unknown} == {(None, "incomplete")}
    assert all(one.note.startswith("not known for ") for one in unknown)
    years = select_figures(release, "domestic_abuse_homelessness_rate", (LLR.code,), "year")
    assert (len(years), sum(one.known for one in years)) == (7, 3)


def test_charnwoods_missing_quarters_are_unknown_and_no_year_is_formed_over_them(release: Release) -> None:
    code = CODE["Charnwood"]
    quarters = select_figures(release, "domestic_abuse_homelessness_rate", (code,), "quarter")
    unknown = {one.period.end for one in quarters if one.period and not one.known}
    assert unknown
    assert {one.marker for one in quarters if not one.known} <= {"missing", "suppressed"}
    for grain in ("year", "rolling12"):
        for one in select_figures(release, "domestic_abuse_homelessness_rate", (code,), grain):
            assert one.period is not None
            assert one.known != bool(unknown & set(one.period)), one.period
            assert one.known or one.marker in ("incomplete", "missing")
    for parent in (LEICESTERSHIRE, LLR):
        whole = select_figures(release, "domestic_abuse_homelessness_rate", (parent.code,), "quarter")
        assert not any(one.known for one in whole if one.period and one.period.end in unknown)


@pytest.mark.parametrize(
    ("area", "end"),
    [("Blaby", "2023-06"), ("Hinckley and Bosworth", "2021-09"), ("Melton", "2021-09"), ("Melton", "2021-12")],
)
def test_the_quarters_that_other_councils_did_not_supply_are_unknown(release: Release, area: str, end: str) -> None:
    found = figures(release, "domestic_abuse_homelessness_rate", end, "quarter")
    assert (found[area].numerator, found[area].value) == (None, None)
    assert not found["LLR"].known and not found["Leicestershire"].known
    assert found["Leicester"].known and found["Rutland"].known


def test_no_unknown_count_of_homelessness_is_a_zero(manifest: Manifest) -> None:
    held = facts(manifest, "homelessness")
    assert sum(fact.count is None for fact in held) > 1000
    assert all(fact.marker in ("missing", "suppressed") for fact in held if fact.count is None)


# Gaps and failures of street crime


@pytest.mark.parametrize("id_", ["violence_sexual_offences_rate", "violence_sexual_offences_charged_share"])
def test_november_and_december_2022_are_gaps_everywhere(release: Release, id_: str) -> None:
    for end in ("2022-11", "2022-12"):
        found = figures(release, id_, end, "month")
        assert set(found) == set(CODE)
        assert {(one.numerator, one.value, one.marker) for one in found.values()} == {(None, None, "missing")}
    for area in (LLR, LEICESTER, RUTLAND, *COUNTY_DISTRICTS):
        for grain in ("quarter", "year", "rolling12"):
            for one in select_figures(release, id_, (area.code,), grain):
                assert one.period is not None
                assert not (one.known and {"2022-11", "2022-12"} & set(one.period)), (area.name, grain, one.period)


def test_march_2020_is_incomplete_in_two_districts_and_the_county_and_whole_in_llr(release: Release) -> None:
    found = figures(release, "violence_sexual_offences_rate", "2020-03", "month")
    markers = {name: one.marker for name, one in found.items() if one.marker}
    assert markers == dict.fromkeys(("Harborough", "Oadby and Wigston", "Leicestershire"), "incomplete")
    assert (found["Harborough"].numerator, found["Oadby and Wigston"].numerator) == (1, 1)
    assert (found["Leicestershire"].numerator, found["Leicestershire"].value) == (None, None)
    assert found["Leicestershire"].note == "not known for Harborough, Oadby and Wigston"
    assert found["No district recorded"].numerator == 432
    assert found["LLR"].numerator == sum(found[name].numerator or 0 for name in (*NINE, UNPLACED.name))


def test_only_march_2020_is_a_coding_failure(release: Release) -> None:
    incomplete = """
    select distinct month_text(period_end) from figure
    where indicator = 'violence_sexual_offences_rate' and grain = 'month' and marker = 'incomplete'
    """
    assert release.warehouse.rows(incomplete) == [("2020-03",)]


def test_the_first_months_of_2020_are_known_and_their_outcomes_are_not(release: Release) -> None:
    for end in ("2020-01", "2020-02"):
        assert figure(release, "violence_sexual_offences_rate", "LLR", end, "month").known
        unknown = figure(release, "violence_sexual_offences_charged_share", "LLR", end, "month")
        assert (unknown.known, unknown.marker) == (False, "missing")
        assert "Status update unavailable" in unknown.note


def test_outcomes_are_never_added_up_across_two_downloads(release: Release) -> None:
    joins = ("2022-05", "2022-10", "2024-12")
    for grain in ("quarter", "year", "rolling12"):
        for one in select_figures(release, "violence_sexual_offences_charged_share", (LLR.code,), grain):
            assert one.period is not None
            assert not (one.known and any(one.period.start <= join < one.period.end for join in joins)), one.period


def test_the_newest_outcomes_are_provisional(release: Release) -> None:
    found = select_figures(release, "violence_sexual_offences_charged_share", (LLR.code,), "month")
    newest = [one for one in found if one.period and one.period.end >= "2025-01"]
    assert len(newest) == 12 and {one.marker for one in newest} == {"provisional"}


# Children, population


def test_assessments_of_2025(release: Release) -> None:
    found = counts(figures(release, "assessments_parent_domestic_abuse", "2025-03", "year"))
    assert {name: found[name] for name in ("Leicester", "Leicestershire", "Rutland")} == {
        "Leicester": 927, "Leicestershire": 1_403, "Rutland": 76,
    }  # fmt: skip
    assert found["LLR"] == 927 + 1_403 + 76


def test_residents_of_llr_in_the_middle_of_2024(manifest: Manifest) -> None:
    held = {
        fact.area: fact.count
        for fact in facts(manifest, "ons_population")
        if (fact.end, fact.part) == ("2024-12", "persons")
    }
    assert held[LLR.code] == 1_175_364
    assert sum(held[area.code] or 0 for area in DISTRICTS) == 1_175_364
    assert sum(held[area.code] or 0 for area in COUNTY_DISTRICTS) == held[LEICESTERSHIRE.code]


def test_a_rate_of_2025_carries_the_estimate_of_2024_and_says_so(release: Release) -> None:
    found = figure(release, "violence_sexual_offences_rate", "LLR", "2025-12", "month")
    assert (found.denominator, found.denominator_period) == (1_175_364, "2024")


def test_the_force_line_agrees_with_the_workbooks_that_reconcile_it(manifest: Manifest) -> None:
    both = {fact.end for fact, files in facts(manifest, "ons_pfa").items() if len(files) > 1 and fact.area == LLR.code}
    assert both == {"2018-09", "2019-09"}
    ends = {fact.end for fact in facts(manifest, "ons_pfa")}
    assert {f"{year}-09" for year in range(2015, 2025)} <= ends


def test_every_period_of_a_fact_is_one_that_its_publisher_ships(manifest: Manifest) -> None:
    lengths = {
        "police_uk_street": {1}, "homelessness": {3}, "home_office_recorded": {3}, "home_office_outcomes": {3},
        "cps_outcomes": {1}, "ons_csp": {12}, "ons_pfa": {12}, "children_in_need": {12}, "home_office_arrests": {12},
        "ons_population": {12}, "census_households": {12},
    }  # fmt: skip
    for source, wanted in lengths.items():
        found = {month_number(fact.end) - month_number(fact.start) + 1 for fact in facts(manifest, source)}
        assert found == wanted, source
    assert year_ending("2025-06").months == 12
