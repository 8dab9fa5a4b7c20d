"""Residents and households from tables of the publishers' layouts with invented numbers."""

import gzip
from pathlib import Path

import pytest

from vawg_metrics.areas import DISTRICTS, NEIGHBOURING_FORCES
from vawg_metrics.sources import population
from vawg_metrics.sources.contract import Fact, Intake
from vawg_metrics.sources.incoming import Incoming

AUTHORITIES_HEADER = "area_code,area_name,year,sex,age_band,population,value_type,pfa_code,pfa_name"
FORCES_HEADER = "area_code,area_name,year,sex,age_band,population,value_type"
HOUSEHOLDS_HEADER = "area_code,area_name,pfa_code,pfa_name,households_census2021"
AGES_HEADER = "area_code,area_name,pfa_name,all,0-15,16-17,18-24,25-34,35-44,45-54,55-64,65-74,75-84,85+,16+,18+"
OURS = {"E23000021": "Leicestershire"} | {force.code: force.name for force in NEIGHBOURING_FORCES}
ENGLISH = {f"E23000{number:03d}": f"Force {number}" for number in range(1, 40)} | OURS
FORCES = ENGLISH | {f"W1500000{number}": f"Welsh {number}" for number in range(1, 5)}


def authority_lines(year: str = "2024") -> list[str]:
    """Persons 100, 200, ... for the nine districts, with one band derived from percentages, and one beside LLR."""
    lines = [
        f"{area.code},{area.name},{year},persons,{band},{100 * rank if band == 'all' else 7},x,E23000021,Leicestershire"
        for rank, area in enumerate(DISTRICTS, 1)
        for band in ("all", "0-15")
    ]
    return [*lines, f'E07000032,Amber Valley,{year},persons,all," 1,250 ",published,E23000018,Derbyshire']


def force_lines() -> list[str]:
    """One thousand persons for each of the 43 forces, and ten thousand for that of LLR."""
    return [
        f'{code},"{name}",2024,persons,all,{10000 if code == "E23000021" else 1000},sum_of_published'
        for code, name in FORCES.items()
    ]


def household_lines() -> list[str]:
    """Ten households for each of the nine districts, and one authority of five for every other force."""
    home = [f"{area.code},{area.name},E23000021,Leicestershire,10" for area in DISTRICTS]
    others = [force for force in FORCES if force != "E23000021"]
    return home + [f'E06001{n:03d},Town {n},{code},"{FORCES[code]}",5' for n, code in enumerate(others)]


def read(folder: Path, header: str, lines: list[str], encoding: str = "utf-8") -> Intake:
    """The intake of the reader that claims such a file, whatever the file is called."""
    path = folder / "a file.txt"
    path.write_bytes("\n".join([header, *lines, "", ",," * 2]).encode(encoding))
    incoming = Incoming(path)
    reader = max(population.READERS, key=lambda reader: reader.likeness(incoming))
    assert reader.likeness(incoming) >= 0.6
    (intake,) = reader.read(incoming)
    assert intake.ledger.balances
    assert len({fact.key for fact in intake.facts}) == len(intake.facts)
    return intake


def count_of(intake: Intake, area: str, part: str = "persons") -> int | None:
    (found,) = (fact.count for fact in intake.facts if fact.area == area and fact.part == part)
    return found


def problems(intake: Intake) -> str:
    return "\n".join(str(fault) for fault in intake.faults)


def test_districts_keep_their_own_residents_and_the_county_is_its_seven(tmp_path: Path) -> None:
    intake = read(tmp_path, AUTHORITIES_HEADER, authority_lines())
    assert not intake.faults
    assert intake.source == "ons_population"
    assert intake.edition.startswith("mid-2024")
    assert Fact("E07000129", "2024-01", "2024-12", "residents", "persons", 200) in intake.facts
    assert count_of(intake, "E10000018") == 200 + 300 + 400 + 500 + 600 + 700 + 800
    assert count_of(intake, "E07000032") == 1250
    assert not [fact for fact in intake.facts if fact.area == "E23000021"]


def test_bands_derived_from_percentages_are_set_aside_and_counted(tmp_path: Path) -> None:
    ledger = read(tmp_path, AUTHORITIES_HEADER, authority_lines()).ledger
    assert (ledger.read, ledger.set_aside) == (19, {"derived from percentages, not used": 9})


def test_forces_add_up_to_the_region_england_and_the_whole(tmp_path: Path) -> None:
    intake = read(tmp_path, FORCES_HEADER, force_lines())
    assert not intake.faults
    assert count_of(intake, "E23000021") == 10000
    assert count_of(intake, "E12000004") == 14000
    assert count_of(intake, "E92000001") == 48000
    assert count_of(intake, "K04000001") == 52000


def test_a_table_without_one_force_is_refused_and_says_how_many_there_are(tmp_path: Path) -> None:
    intake = read(tmp_path, FORCES_HEADER, force_lines()[1:])
    assert "42 of the 43 forces" in problems(intake)


def test_an_unknown_part_makes_the_sum_unknown_with_its_marker(tmp_path: Path) -> None:
    lines = [line.replace("persons,all,300", "persons,all,[c]") for line in authority_lines()]
    intake = read(tmp_path, AUTHORITIES_HEADER, lines)
    assert not intake.faults
    unknown = {fact.area: fact.marker for fact in intake.facts if fact.count is None}
    assert unknown == {"E07000130": "suppressed", "E10000018": "suppressed"}


def test_households_add_up_for_every_force_and_beyond(tmp_path: Path) -> None:
    intake = read(tmp_path, HOUSEHOLDS_HEADER, household_lines())
    assert not intake.faults
    assert (intake.covers.start, intake.covers.end) == ("2021-01", "2021-12")
    assert count_of(intake, "E10000018", "") == 70
    assert count_of(intake, "E23000021", "") == 90
    assert count_of(intake, "E23000018", "") == 5
    assert count_of(intake, "E12000004", "") == 90 + 4 * 5
    assert count_of(intake, "E92000001", "") == 90 + 38 * 5
    assert count_of(intake, "K04000001", "") == 90 + 42 * 5


def test_ages_are_kept_for_llr_alone_with_the_bands_as_published(tmp_path: Path) -> None:
    cells = ",".join(str(number) for number in range(1, 14))
    lines = [f"{area.code},{area.name},Leicestershire,{cells}" for area in DISTRICTS]
    intake = read(tmp_path, AGES_HEADER, [*lines, f"E06000001,Hartlepool,Cleveland,{cells}"])
    assert not intake.faults
    assert intake.ledger.set_aside == {"an authority outside LLR": 1}
    assert (count_of(intake, "E23000021", "85+"), count_of(intake, "E10000018", "18+")) == (11 * 9, 13 * 7)
    assert len(intake.facts) == 11 * 13


def test_census_parts_are_sex_and_band(tmp_path: Path) -> None:
    header = "sex,area_name,area_code,age_band,population,pfa_name,basis"
    lines = [f"female,{area.name},{area.code},16+,4,Leicestershire,Census 2021 TS009" for area in DISTRICTS]
    intake = read(tmp_path, header, lines)
    assert not intake.faults
    assert Fact("E23000021", "2021-01", "2021-12", "census_residents", "female 16+", 36) in intake.facts
    assert Fact("E10000018", "2021-01", "2021-12", "census_residents", "female 16+", 28) in intake.facts


def test_women_over_16_say_that_they_are_an_estimate(tmp_path: Path) -> None:
    header = "area_code,area_name,year,females_all,females_16plus_est,pfa_code,pfa_name,value_type"
    lines = [f"{area.code},{area.name},2023,9,6,E23000021,Leicestershire,estimate" for area in DISTRICTS]
    intake = read(tmp_path, header, lines)
    assert "estimate" in intake.edition
    assert (count_of(intake, "E23000021", "female 16+"), count_of(intake, "E10000018", "female 16+")) == (54, 42)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_a_byte_order_mark_and_windows_letters_are_read(tmp_path: Path, encoding: str) -> None:
    lines = [*authority_lines(), "W06000001,Ynys Môn,2024,persons,all,5,published,W15000001,North Wales"]
    assert count_of(read(tmp_path, AUTHORITIES_HEADER, lines, encoding), "W06000001") == 5


def test_a_gzipped_table_gives_the_same_as_a_plain_one(tmp_path: Path) -> None:
    plain = read(tmp_path, AUTHORITIES_HEADER, authority_lines())
    packed = tmp_path / "packed"
    packed.write_bytes(gzip.compress((tmp_path / "a file.txt").read_bytes()))
    (intake,) = population.READERS[0].read(Incoming(packed))
    assert intake == plain


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ("persons,all,400", "persons,all,-400", "row 8: -400 is a negative count"),
        ("persons,all,400", "persons,all,many", "row 8: 'many' is not a whole number"),
        ("persons,all,400", "persons,all,", "row 8: '' is not a whole number"),
        ("Harborough,2024,persons,all", "Harborough,2999,persons,all", "row 8: the year 2999 lies in the future"),
        ("Harborough,2024,persons,all", "Harborough,24,persons,all", "row 8: '24' is not a year"),
        ("E07000131,Harborough", "E07000999,Harborough", "row 8: Harborough has the code E07000131"),
        ("E07000131,Harborough", "E07000131,Harbour", "row 8: E07000131 is Harborough and not 'Harbour'"),
        ("E07000131,Harborough", "E07000999,Harbour", "row 8: Harbour (E07000999) in the force 'E23000021'"),
        ("E07000131,Harborough", "Harborough,Harborough", "row 8: 'Harborough' is not the code of a local authority"),
        ("Harborough,2024,persons,all", "Harborough,2024,people,all", "row 8: 'people' is not a sex"),
        ("Harborough,2024,persons,all", "Harborough,2024,persons,old", "row 8: 'old' is not an age band"),
        ("Harborough,2024,persons,all,400", "Harborough,2024,persons,400", "row 8: there are 8 cells and not 9"),
    ],
)
def test_a_bad_row_is_rejected_with_its_number_and_value(tmp_path: Path, was: str, becomes: str, says: str) -> None:
    lines = [line.replace(was, becomes) for line in authority_lines()]
    intake = read(tmp_path, AUTHORITIES_HEADER, lines)
    assert says in problems(intake)
    assert intake.ledger.rejected >= 1


def test_a_district_left_out_is_a_fault_because_the_county_would_be_short(tmp_path: Path) -> None:
    lines = [line for line in authority_lines() if not line.startswith("E07000133")]
    assert "Melton (E07000133) is missing (residents persons 2024)" in problems(
        read(tmp_path, AUTHORITIES_HEADER, lines)
    )


def test_a_row_that_stands_twice_is_rejected_even_when_equal(tmp_path: Path) -> None:
    lines = authority_lines()
    intake = read(tmp_path, AUTHORITIES_HEADER, [*lines, lines[0]])
    assert "row 21: this row is about the same as row 2" in problems(intake)


def test_every_fault_is_found_in_one_pass_and_a_flood_is_cut_at_fifty(tmp_path: Path) -> None:
    lines = [line.replace("all,", "all,-") for year in range(2010, 2020) for line in authority_lines(str(year))]
    intake = read(tmp_path, AUTHORITIES_HEADER, lines)
    assert intake.ledger.rejected == 100
    assert len(intake.faults) == 51
    assert "50 more" in intake.faults[-1].problem


@pytest.mark.parametrize(
    ("header", "says"),
    [
        (AUTHORITIES_HEADER.replace("population", "populations"), "'population' is missing. Was it renamed to"),
        (AUTHORITIES_HEADER + ",year", "the column 'year' stands 2 times"),
        (AUTHORITIES_HEADER.replace(",", ";"), "parted by semicolons"),
    ],
)
def test_a_changed_header_is_recognised_and_its_fault_named(tmp_path: Path, header: str, says: str) -> None:
    intake = read(tmp_path, header, authority_lines())
    assert says in problems(intake)
    assert not intake.facts


def test_a_header_without_rows_is_a_fault(tmp_path: Path) -> None:
    assert "no rows under the header" in problems(read(tmp_path, HOUSEHOLDS_HEADER, []))
