"""The ONS population files as published: every row accounted for, and totals that are known."""

from pathlib import Path

import pytest

from vawg_metrics.areas import COUNTY_PARTS, DISTRICTS
from vawg_metrics.sources import geography, population
from vawg_metrics.sources.contract import Intake
from vawg_metrics.sources.incoming import Incoming

SHARED = Path(__file__).resolve().parents[3] / "shared" / "publishers"
FOLDER = SHARED / "ons_population"
LLR, COUNTY, REGION, ENGLAND, BOTH = "E23000021", "E10000018", "E12000004", "E92000001", "K04000001"
NINE = tuple(area.code for area in DISTRICTS)


@pytest.fixture(scope="module")
def intakes() -> dict[str, Intake]:
    """What each file gave, by its name, read by the reader that claims it."""
    found = {}
    for path in sorted(FOLDER.iterdir()):
        incoming = Incoming(path)
        reader = max(population.READERS, key=lambda reader: reader.likeness(incoming))
        assert reader.likeness(incoming) == 1.0
        (found[path.name],) = reader.read(incoming)
    return found


def counts(intake: Intake, year: str, part: str) -> dict[str, int]:
    """Counts by area of one part in one year."""
    return {
        fact.area: fact.count for fact in intake.facts if fact.start[:4] == year and fact.part == part and fact.count
    }


@pytest.mark.parametrize(
    ("name", "source", "read", "kept", "facts"),
    [
        ("population_lad.csv.gz", "ons_population", 43884, 21942, 318 * 69 + 69),
        ("population_pfa.csv", "ons_population", 5934, 2967, 43 * 69 + 3 * 69),
        ("population_females16plus_lad_est.csv", "ons_population_16plus", 7314, 207, 11 * 23),
        ("population_lad_mid2024_persons_age.csv", "ons_population_age", 318, 9, 11 * 13),
        ("census2021_lad_sex_age_ew.csv", "census_2021", 12402, 351, 11 * 39),
        ("households_lad_census2021.csv", "census_households", 318, 318, 318 + 43 + 4),
    ],
)
def test_every_row_is_accounted_for(
    intakes: dict[str, Intake], name: str, source: str, read: int, kept: int, facts: int
) -> None:
    intake = intakes[name]
    assert not intake.faults
    assert (intake.source, intake.ledger.read, sum(intake.ledger.kept.values())) == (source, read, kept)
    assert intake.ledger.balances
    assert len(intake.facts) == facts == len({fact.key for fact in intake.facts})
    assert all(fact.count for fact in intake.facts)


def test_llr_of_the_forces_is_the_nine_districts_in_every_year_and_sex(intakes: dict[str, Intake]) -> None:
    districts = {fact.key: fact.count or 0 for fact in intakes["population_lad.csv.gz"].facts if fact.area in NINE}
    forces = [fact for fact in intakes["population_pfa.csv"].facts if fact.area == LLR]
    assert len(forces) == 23 * 3
    for fact in forces:
        assert fact.count == sum(districts[(code, *fact.key[1:])] for code in NINE)


@pytest.mark.parametrize(
    ("part", "llr", "county", "region", "england", "both"),
    [
        ("persons", 1_175_364, 745_573, 5_063_164, 58_620_101, 61_806_682),
        ("female", 591_058, 377_127, 2_569_499, 29_895_762, 31_520_864),
    ],
)
def test_residents_of_mid_2024(
    intakes: dict[str, Intake], part: str, llr: int, county: int, region: int, england: int, both: int
) -> None:
    forces = counts(intakes["population_pfa.csv"], "2024", part)
    authorities = counts(intakes["population_lad.csv.gz"], "2024", part)
    assert [forces[area] for area in (LLR, REGION, ENGLAND, BOTH)] == [llr, region, england, both]
    assert authorities[COUNTY] == county == sum(authorities[code] for code in COUNTY_PARTS)


def test_the_five_forces_are_the_region_exactly(intakes: dict[str, Intake]) -> None:
    (lookup,) = geography.read_lookup(Incoming(SHARED / "ons_geography" / "lad_csp_pfa_lookup_ew.csv"))
    rows = [line.split(",") for line in lookup.documents["memberships.csv"].decode().splitlines()[1:]]
    region = {lad for lad, _, _, region in rows if region == REGION}
    forces = {force for _, _, force, region in rows if region == REGION}
    assert forces == {"E23000018", "E23000019", "E23000020", LLR, "E23000022"}
    assert {lad for lad, _, force, _ in rows if force in forces} == region
    authorities = counts(intakes["population_lad.csv.gz"], "2024", "persons")
    assert sum(authorities[code] for code in region) == counts(intakes["population_pfa.csv"], "2024", "persons")[REGION]


def test_the_age_bands_of_mid_2024_add_up_to_the_residents_of_each_district(intakes: dict[str, Intake]) -> None:
    ages = intakes["population_lad_mid2024_persons_age.csv"]
    residents = counts(intakes["population_lad.csv.gz"], "2024", "persons")
    bands = ["0-15", "16-17", "18-24", "25-34", "35-44", "45-54", "55-64", "65-74", "75-84", "85+"]
    for code in NINE:
        assert counts(ages, "2024", "all")[code] == residents[code]
        assert sum(counts(ages, "2024", band)[code] for band in bands) == residents[code]
    assert counts(ages, "2024", "16+")[LLR] == 958_389


def test_women_over_16_are_an_estimate(intakes: dict[str, Intake]) -> None:
    women = intakes["population_females16plus_lad_est.csv"]
    assert "estimate" in women.edition
    assert counts(women, "2024", "female 16+")[LLR] == 485_965
    assert counts(women, "2024", "female 16+")[COUNTY] == 313_965


def test_census_residents_and_households(intakes: dict[str, Intake]) -> None:
    census = intakes["census2021_lad_sex_age_ew.csv"]
    assert counts(census, "2021", "persons all")[LLR] == 1_121_990
    assert counts(census, "2021", "female 16+")[LLR] == 465_744
    households = counts(intakes["households_lad_census2021.csv"], "2021", "")
    assert [households[area] for area in (LLR, COUNTY, REGION)] == [440_489, 296_408, 2_037_332]
    assert [households[area] for area in (ENGLAND, BOTH)] == [23_436_079, 24_783_192]
    assert sum(households[code] for code in NINE) == households[LLR]
