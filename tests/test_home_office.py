"""Home Office tables: offences by code, cohorts by outcome, arrests by sex; by force, and by partnership in sheets."""

import csv
import gzip
from pathlib import Path

import pytest

from tests.ods_files import write_ods
from vawg_metrics.areas import DISTRICTS, ENGLAND_AND_WALES, LLR, UNPLACED
from vawg_metrics.periods import Period
from vawg_metrics.sources import home_office, home_office_arrests, home_office_outcomes
from vawg_metrics.sources.contract import Intake, Reader
from vawg_metrics.sources.home_office_offences import is_used
from vawg_metrics.sources.home_office_tables import FORCES, force_of
from vawg_metrics.sources.incoming import Incoming

RECORDED, BY_CSP, OUTCOMES, ARRESTS = home_office.READERS
RAPE = ("Rape of a female aged 16 and over", "Sexual offences", "Rape offences", "19C")
STALKING = ("Stalking", "Violence against the person", "Violence without injury", "8Q")
BICYCLE = ("Theft or unauthorised taking of a pedal cycle", "Theft offences", "Bicycle theft", "44")
CSP_OF = {district: csp for csp, district in home_office.DISTRICT_OF_CSP.items()}
Offence = tuple[str, str, str, str]


def recorded(force: str, count: str, offence: Offence = RAPE, year: str = "2017/18", number: str = "1") -> list[str]:
    return [year, number, force, *offence, count]


def outcome(force: str, kind: str, count: str, offence: Offence = RAPE, number: str = "1") -> list[str]:
    texts = ["FALSE", "Words", "Group", kind, count, "NA"]
    return ["2018/19", number, force, *offence, *texts]


OUTCOME_HEADER = [*home_office_outcomes.COLUMNS[:7], "offence_code_expired", *home_office_outcomes.COLUMNS[7:]]


def arrest(
    force: str, count: str, group: str = "Sexual offences", sex: str = "Male", age: str = "Unknown"
) -> list[str]:
    return ["2017/18", force, group, "White", age, sex, count, "2018-03-31"]


def written(folder: Path, header: list[str] | tuple[str, ...], rows: list[list[str]]) -> Incoming:
    file = folder / "open data.csv"
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows([header, *rows])
    return Incoming(file)


def read(reader: Reader, incoming: Incoming) -> Intake:
    likest = max(home_office.READERS, key=lambda one: one.likeness(incoming))
    assert likest is reader and reader.likeness(incoming) >= 0.6
    (intake,) = reader.read(incoming)
    assert intake.ledger.balances
    return intake


def cells(intake: Intake) -> dict[tuple[str, str, str, str], int | None]:
    found = {(fact.area, fact.start, fact.item, fact.part): fact.count for fact in intake.facts}
    assert len(found) == len(intake.facts)
    return found


def problems(intake: Intake) -> str:
    assert intake.facts == ()
    return "\n".join(str(fault) for fault in intake.faults)


# Recorded crime by force


def test_counts_are_kept_by_offence_code_with_padding_commas_and_corrections(tmp_path: Path) -> None:
    rows = [
        recorded("Leicestershire", " 1,015 "),
        recorded("Leicestershire", " -2 ", STALKING),
        recorded("Leicestershire", " 300 ", BICYCLE),
        recorded("Derbyshire", "-00", STALKING),
        recorded("Kent", " 7 "),
        recorded("British Transport Police", " 4 "),
        recorded("Action Fraud", " 66776 ", ("Fraud", "Fraud offences", "Fraud: action fraud", "AF")),
    ]
    found = read(RECORDED, written(tmp_path, home_office.COLUMNS, rows))
    assert found.faults == ()
    assert found.covers == Period("2017-04", "2017-06")
    assert found.edition == "offences recorded in April to June 2017"
    assert cells(found) == {
        (LLR.code, "2017-04", "19C", ""): 1015,
        (LLR.code, "2017-04", "8Q", ""): -2,
        ("E23000018", "2017-04", "8Q", ""): 0,
        ("E23000018", "2017-04", "19C", ""): 0,
    }
    assert found.ledger.read == 7
    assert found.ledger.kept == {"LLR": 2, "neighbouring forces": 1}
    assert sorted(found.ledger.set_aside.values()) == [1, 1, 2]


def test_england_and_wales_is_the_sum_of_43_forces_and_no_less(tmp_path: Path) -> None:
    rows = [recorded(force.title(), "2") for force in sorted(FORCES - {"city of london"})]
    rows += [recorded("London, City of", "2"), recorded("British Transport Police", "50")]
    whole = (ENGLAND_AND_WALES.code, "2017-04", "19C", "")
    assert cells(read(RECORDED, written(tmp_path, home_office.COLUMNS, rows)))[whole] == 86
    lacking = read(RECORDED, written(tmp_path, home_office.COLUMNS, rows[1:]))
    assert whole not in cells(lacking)
    assert lacking.ledger.set_aside["other forces, in a quarter that lacks some of the 43"] == 37
    unknown = [*rows[:-1]]
    unknown[0] = [*unknown[0][:-1], "NA"]
    assert cells(read(RECORDED, written(tmp_path, home_office.COLUMNS, unknown)))[whole] is None


def test_a_force_has_one_name_whatever_the_file_calls_it() -> None:
    assert len(FORCES) == 43
    assert force_of("London, City of") == force_of("City of London") == "city of london"
    assert force_of(" Devon & Cornwall ") in FORCES


@pytest.mark.parametrize(
    ("code", "group", "description", "used"),
    [
        ("19C", "Anything", "Anything", True),
        ("8R", "Violence against the person", "Malicious Communications", True),
        ("88Z", "Sexual offences", "An offence of tomorrow", True),
        ("8U", "Violence against the person", "Controlling or coercive behaviour", True),
        ("5F", "Violence against the person", "Strangulation and suffocation", True),
        ("8N", "Violence against the person", "Assault with injury", False),
        ("9B", "Public order offences", "Racially or religiously aggravated public fear, alarm or distress", False),
    ],
)
def test_offences_are_chosen_by_code_group_or_words_and_never_by_subgroup(
    code: str, group: str, description: str, used: bool
) -> None:
    assert is_used(code, group, description) is used


def test_every_bad_row_is_named_in_one_pass(tmp_path: Path) -> None:
    rows = [
        recorded("Leicestershire", "five"),
        recorded("Leicestershire", "1", number="5"),
        recorded("Leicestershire", "1", year="2017/19"),
        recorded("Leicestershire", "1", year="2093/94"),
        recorded("Leicestershire", "1")[:5],
        recorded("Leicestershire", "1"),
        recorded("Leicestershire", "2"),
    ]
    found = read(RECORDED, written(tmp_path, home_office.COLUMNS, rows))
    told = problems(found)
    for part in (
        "row 2: 'five' is not a whole number.",
        "row 3: financial year '2017/18', quarter '5' is not a quarter.",
        "row 4: financial year '2017/19', quarter '1' is not a quarter.",
        "row 5: June 2093 lies in the future.",
        "row 6: the row has 5 cells, and the header 8.",
        "row 8: leicestershire, April to June 2017, offence 19C stands twice.",
    ):
        assert part in told
    assert found.ledger.rejected == 6


def test_a_flood_of_faults_is_capped(tmp_path: Path) -> None:
    rows = [recorded("Kent", "x y") for _ in range(90)]
    found = read(RECORDED, written(tmp_path, home_office.COLUMNS, rows))
    assert len(found.faults) == 51
    assert "40 more faults" in found.faults[-1].problem


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ([*home_office.COLUMNS[:-1], "Offences"], "'Number of Offences' is missing."),
        ([*home_office.COLUMNS, "Offence Code"], "'Offence Code' stands 2 times."),
        ([";".join(home_office.COLUMNS)], "parted by semicolons"),
    ],
)
def test_columns_renamed_doubled_or_parted_by_semicolons_are_named(
    tmp_path: Path, header: list[str], told: str
) -> None:
    assert told in problems(read(RECORDED, written(tmp_path, header, [recorded("Leicestershire", "1")])))


def test_files_without_rows_or_without_leicestershire_are_refused(tmp_path: Path) -> None:
    assert "no row of figures" in problems(read(RECORDED, written(tmp_path, home_office.COLUMNS, [])))
    kent = written(tmp_path, home_office.COLUMNS, [recorded("Kent", "1")])
    assert "no row is about Leicestershire" in problems(read(RECORDED, kent))


def test_force_tables_are_read_from_a_sheet_a_year(tmp_path: Path) -> None:
    sheets = {
        "Cover_sheet": [["Police recorded crime open data"]],
        "2017_18": [home_office.COLUMNS, ["2017/18", 4, "Leicestershire", *RAPE, 12]],
        "2018_19": [
            ["Police recorded crime by force"],
            [name.replace(" ", "\n") for name in home_office.COLUMNS],
            ["2018/19", 1, "Leicestershire", "Sexual exploitation", "Sexual offences", "Other", 71, 3],
        ],
    }
    found = read(RECORDED, Incoming(write_ods(tmp_path / "tables.ods", sheets)))
    assert found.faults == ()
    assert found.covers == Period("2018-01", "2018-06")
    assert cells(found) == {(LLR.code, "2018-01", "19C", ""): 12, (LLR.code, "2018-04", "71", ""): 3}


# Recorded crime by Community Safety Partnership


def by_csp(
    csp: str, ons: str, count: str | int, offence: Offence = RAPE, force: str = "Leicestershire"
) -> list[str | int]:
    return ["2024/25", 3, force, csp, ons, *offence, count]


def csp_rows() -> list[list[str | int]]:
    rows = [by_csp(area.name, CSP_OF[area.code], number) for number, area in enumerate(DISTRICTS, 1)]
    return [
        *rows,
        by_csp("Melton", CSP_OF["E07000133"], 2, STALKING),
        by_csp("Unassigned Leicestershire", "", -1),
        by_csp("Derby", "E22000034", 40, force="Derbyshire"),
        by_csp("Unassigned Derbyshire", "", 4, force="Derbyshire"),
        by_csp("Rutland", CSP_OF["E06000017"], 9, BICYCLE),
    ]


@pytest.mark.parametrize("layout", ["csv", "ods"])
def test_partnerships_of_llr_are_its_districts(tmp_path: Path, layout: str) -> None:
    if layout == "csv":
        texts = [[str(cell) for cell in cells] for cells in csp_rows()]
        incoming = written(tmp_path, home_office.COLUMNS_BY_CSP, texts)
    else:
        sheets = {"Notes": [["Notes"]], "2024_25": [home_office.COLUMNS_BY_CSP, *csp_rows()]}
        incoming = Incoming(write_ods(tmp_path / "csp.ods", sheets))
    found = read(BY_CSP, incoming)
    assert found.faults == ()
    assert found.covers == Period("2024-10", "2024-12")
    held = cells(found)
    assert {area.code: held[area.code, "2024-10", "19C", ""] for area in DISTRICTS} == {
        area.code: number for number, area in enumerate(DISTRICTS, 1)
    }
    assert held[UNPLACED.code, "2024-10", "19C", ""] == -1
    assert held["E07000133", "2024-10", "8Q", ""] == 2
    assert held["E06000016", "2024-10", "8Q", ""] == held[UNPLACED.code, "2024-10", "8Q", ""] == 0
    assert len(held) == 20
    assert found.ledger.kept == {"LLR": 11}
    assert found.ledger.set_aside == {home_office.OUTSIDE: 2, "an offence that is not used here": 1}


def test_a_district_without_any_row_or_under_a_wrong_code_is_a_fault(tmp_path: Path) -> None:
    rows = [[str(cell) for cell in cells] for cells in csp_rows()]
    lacking = read(BY_CSP, written(tmp_path, home_office.COLUMNS_BY_CSP, rows[1:]))
    assert "October to December 2024 has no row for Leicester." in problems(lacking)
    rows[0][4], rows[1][4], rows[2][2] = "E22000999", CSP_OF["E07000130"], "Derbyshire"
    told = problems(read(BY_CSP, written(tmp_path, home_office.COLUMNS_BY_CSP, rows)))
    assert "row 2: Leicester (E22000999) stands under Leicestershire" in told
    assert "row 3: Blaby carries the code E07000130, and its code is E07000129." in told
    assert "row 4: Charnwood (E22000165) stands under Derbyshire" in told


# Outcomes


def test_outcomes_are_the_cohorts_by_type_and_an_offence_without_rows_is_zero(tmp_path: Path) -> None:
    rows = [
        outcome("Leicestershire", "1", "28"),
        outcome("Leicestershire", "1A", "3"),
        outcome("Leicestershire", "16", "-1"),
        outcome("Derbyshire", "18", "5", STALKING),
        [*outcome("Leicestershire", "20", "NA", BICYCLE)[:-1], "9"],
        outcome("British Transport Police", "1", "3"),
    ]
    found = read(OUTCOMES, written(tmp_path, OUTCOME_HEADER, rows))
    assert found.faults == ()
    assert found.edition == "outcomes of offences recorded in April to June 2018"
    assert cells(found) == {
        (LLR.code, "2018-04", "19C", "1"): 28,
        (LLR.code, "2018-04", "19C", "1A"): 3,
        (LLR.code, "2018-04", "19C", "16"): -1,
        (LLR.code, "2018-04", "8Q", "0"): 0,
        ("E23000018", "2018-04", "8Q", "18"): 5,
        ("E23000018", "2018-04", "19C", "0"): 0,
    }
    assert found.ledger.set_aside[home_office_outcomes.NO_COHORT] == 1


def test_outcomes_of_england_and_wales_add_up_by_type(tmp_path: Path) -> None:
    rows = [outcome(force, "15" if force < "l" else "1", "1") for force in sorted(FORCES)]
    held = cells(read(OUTCOMES, written(tmp_path, OUTCOME_HEADER, rows)))
    before = sum(force < "l" for force in FORCES)
    assert held[ENGLAND_AND_WALES.code, "2018-04", "19C", "15"] == before
    assert held[ENGLAND_AND_WALES.code, "2018-04", "19C", "1"] == 43 - before


def test_an_outcome_that_stands_twice_is_a_fault(tmp_path: Path) -> None:
    rows = [outcome("Leicestershire", "1", "28"), outcome("Leicestershire", "1", "29")]
    told = problems(read(OUTCOMES, written(tmp_path, OUTCOME_HEADER, rows)))
    assert "row 3: leicestershire, April to June 2018, offence 19C, outcome 1 stands twice." in told


# Arrests


def test_arrests_are_summed_over_age_and_the_prefix_of_the_group_is_removed(tmp_path: Path) -> None:
    rows = [
        arrest("Leicestershire", "7"),
        arrest("Leicestershire", "5", age="10 - 17 years"),
        arrest("Leicestershire", "2", group="2015/16 onwards - Sexual offences", sex="Female"),
        arrest("Leicestershire", "99", group="Robbery"),
        arrest("Kent", "1"),
    ]
    file = tmp_path / "arrests.csv.gz"
    file.write_bytes(gzip.compress(written(tmp_path, home_office_arrests.COLUMNS, rows).path.read_bytes()))
    found = read(ARRESTS, Incoming(file))
    assert found.faults == ()
    assert found.covers == Period("2017-04", "2018-03")
    assert cells(found) == {
        (LLR.code, "2017-04", "Sexual offences", "Male"): 12,
        (LLR.code, "2017-04", "Sexual offences", "Female"): 2,
    }
    assert found.ledger.read == 5


def test_arrests_of_england_and_wales_are_missing_where_a_force_gave_none(tmp_path: Path) -> None:
    rows = [arrest(force, "3") for force in sorted(FORCES)]
    whole = (ENGLAND_AND_WALES.code, "2017-04", "Sexual offences", "Male")
    assert cells(read(ARRESTS, written(tmp_path, home_office_arrests.COLUMNS, rows)))[whole] == 129
    rows[20][6] = "NA"
    assert cells(read(ARRESTS, written(tmp_path, home_office_arrests.COLUMNS, rows)))[whole] is None


def test_bad_rows_of_arrests_are_named(tmp_path: Path) -> None:
    late, wrong = arrest("Leicestershire", "1"), arrest("Leicestershire", "1")
    late[0], late[7], wrong[7] = "2092/93", "2093-03-31", "2019-03-31"
    rows = [arrest("Leicestershire", "-1"), arrest("Leicestershire", "?"), late, wrong]
    rows += [arrest("Leicestershire", "1"), arrest("Leicestershire", "1")]
    told = problems(read(ARRESTS, written(tmp_path, home_office_arrests.COLUMNS, rows)))
    for part in (
        "row 2: -1 is a negative count.",
        "row 3: '?' is not a whole number.",
        "row 4: March 2093 lies in the future.",
        "row 5: the year 2017/18 does not end on '2019-03-31'.",
        "row 7: Leicestershire, Sexual offences, White, Unknown, Male stands twice.",
    ):
        assert part in told
