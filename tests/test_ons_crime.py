"""ONS table C2: the places that rows stand for, sums that must hold, and what a bad table is told."""

import csv
from pathlib import Path

import pytest

from tests.ods_files import write_ods
from vawg_metrics.areas import DISTRICTS, ENGLAND_AND_WALES, LLR, UNPLACED
from vawg_metrics.periods import Period
from vawg_metrics.sources import ons_crime, ons_forces
from vawg_metrics.sources.contract import Intake
from vawg_metrics.sources.home_office import DISTRICT_OF_CSP
from vawg_metrics.sources.incoming import Incoming

TITLE = (
    "Table C2: Number of police recorded crimes for headline offences by Community Safety Partnership area, "
    "England and Wales, year ending June 2024 [note 1][note 2]"
)
HEADER = [
    "Police Force\nArea code",
    "Police Force\nArea name",
    "Community Safety\nPartnership code",
    "Community Safety\nPartnership name",
    "Local Authority code",
    "Local Authority name",
    "Total recorded crime\n (excluding fraud) [note 3]",
    "Violence against the person",
    "Homicide",
    "Violence with injury",
    "Violence without injury",
    "Stalking and harassment",
    "Sexual offences",
]
CSP_OF = {district: csp for csp, district in DISTRICT_OF_CSP.items()}
Row = list[str]


def row(*places: str, times: int) -> Row:
    """A row whose counts are `times` a fixed run, so that rows add up as their `times` do."""
    return [*places, *(f"{times * count:,} " for count in (1000, 400, 0, 200, 100, 90, 50))]


def leicestershire() -> list[Row]:
    """The force, its nine districts at 1 to 9 times, and one more time unassigned."""
    force = (LLR.code, "Leicestershire")
    return [
        row(LLR.code, "Leicestershire [note 4]", "", "", "", "", times=46),
        *(
            row(*force, CSP_OF[area.code], area.name, area.code, f"{area.name} ", times=number)
            for number, area in enumerate(DISTRICTS, 1)
        ),
        row(*force, "", "Unassigned Leicestershire", "", "", times=1),
    ]


def northamptonshire() -> list[Row]:
    """Two partnerships of one authority, one of several, an airport, and Unassigned under another force's code."""
    force = ("E23000022", "Northamptonshire ")
    return [
        row(*force, "", "", "", "", times=15),
        row(*force, "E22000237", "Northampton", "E06000062", "West Northamptonshire", times=2),
        row(*force, "E22000357", "Daventry", "E06000062", "West Northamptonshire", times=3),
        row(*force, "E22000233", "Corby and beyond", "Combined Local Authorities", "", times=4),
        row(*force, "", "Sywell Aerodrome", "", "", times=1),
        row("E23000021", "Northamptonshire", "", "unassigned Northamptonshire", "", "", times=5),
    ]


def written(folder: Path, rows: list[Row], title: str = TITLE, header: list[str] = HEADER) -> Incoming:
    file = folder / "some name.csv"
    with file.open("w", encoding="cp1252", newline="") as out:
        csv.writer(out).writerows([[title, "", ""], ["Source: the Home Office \u2013 recorded crime"], header, *rows])
    return Incoming(file)


def read(incoming: Incoming) -> Intake:
    assert ons_crime.likeness(incoming) >= 0.6
    (intake,) = ons_crime.read(incoming)
    assert intake.ledger.balances
    return intake


def counts(intake: Intake, item: str = "Sexual offences") -> dict[str, int | None]:
    return {fact.area: fact.count for fact in intake.facts if fact.item == item}


def problems(intake: Intake) -> str:
    assert intake.facts == ()
    return "\n".join(str(fault) for fault in intake.faults)


def test_a_partnership_of_one_authority_stands_under_the_authority(tmp_path: Path) -> None:
    found = read(written(tmp_path, leicestershire()))
    assert found.faults == ()
    assert found.edition == "year ending June 2024"
    assert found.covers == Period("2023-07", "2024-06")
    expected = {area.code: number * 50 for number, area in enumerate(DISTRICTS, 1)}
    assert counts(found) == expected | {LLR.code: 2300, UNPLACED.code: 50}
    assert {place.kind for place in found.places} == {"llr", "district", "unplaced"}
    assert found.ledger.kept == {
        "police force": 1,
        "community safety partnership": 9,
        "no district recorded, by force": 1,
    }


def test_partnerships_that_share_an_authority_keep_their_codes_and_add_up_to_it(tmp_path: Path) -> None:
    found = read(written(tmp_path, leicestershire() + northamptonshire()))
    assert found.faults == ()
    held = counts(found)
    assert held["E22000237"] == 100 and held["E22000357"] == 150 and held["E06000062"] == 250
    assert held["E22000233"] == 200
    assert held["E23000022"] == 750
    kinds = {place.code: (place.kind, place.name) for place in found.places}
    assert kinds["E06000062"] == ("authority", "West Northamptonshire")
    assert kinds["E22000233"] == ("partnership", "Corby and beyond")


def test_unassigned_rows_belong_to_the_force_they_are_named_for_whatever_their_code(tmp_path: Path) -> None:
    found = read(written(tmp_path, leicestershire() + northamptonshire()))
    assert counts(found)["E23000022-none"] == 250
    assert counts(found)[UNPLACED.code] == 50


def test_a_place_without_a_code_is_counted_in_its_force_only(tmp_path: Path) -> None:
    found = read(written(tmp_path, leicestershire() + northamptonshire()))
    assert found.ledger.set_aside == {ons_crime.UNCODED: 1}
    assert "Sywell Aerodrome" not in {place.name for place in found.places}


def test_an_empty_or_unavailable_count_is_missing_and_no_zero(tmp_path: Path) -> None:
    rows = leicestershire() + northamptonshire()
    rows[-1][-1], rows[-3][-1] = "", "[x]"
    found = read(written(tmp_path, rows))
    assert found.faults == ()
    cells = {fact.area: (fact.count, fact.marker) for fact in found.facts if fact.item == "Sexual offences"}
    assert cells["E23000022-none"] == cells["E22000233"] == (None, "missing")


def test_england_and_wales_is_the_sum_of_all_43_forces(tmp_path: Path) -> None:
    others = [
        row(
            f"E230001{number}",
            f"{number}th Force",
            f"E220003{number}",
            f"{number}th Place",
            f"E090001{number}",
            "",
            times=1,
        )
        for number in range(10, 52)
    ]
    complete = read(written(tmp_path, leicestershire() + others))
    assert complete.faults == ()
    assert counts(complete)[ENGLAND_AND_WALES.code] == (46 + 42) * 50
    assert counts(complete)["E23000110"] == counts(complete)["E09000110"] == 50
    lacking = read(written(tmp_path, leicestershire() + others[1:]))
    assert ENGLAND_AND_WALES.code not in counts(lacking)


def test_a_force_that_is_not_the_sum_of_its_parts_is_a_fault_with_both_numbers(tmp_path: Path) -> None:
    rows = leicestershire()
    rows[3][8] = "7"  # homicide, which no page shows: every column is checked
    rows[4][-1] = "999 "
    told = problems(read(written(tmp_path, rows)))
    assert "Homicide: Leicestershire has 0, and its partnerships and Unassigned add to 7." in told
    assert "Sexual offences: Leicestershire has 2,300, and its partnerships and Unassigned add to 3,099." in told


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        (-1, "-4", "row 5: Sexual offences: -4 is a negative count."),
        (-2, "many", "row 5: Stalking and harassment: 'many' is not a whole number."),
        (4, "E07000999", "row 5: Leicester (E07000999) stands under the force Leicestershire."),
        (2, "E22000172", "row 13: Rutland stands in row 5 already."),
    ],
)
def test_a_bad_cell_is_named_with_its_row(tmp_path: Path, column: int, value: str, told: str) -> None:
    rows = leicestershire()
    rows[1][column] = value
    found = read(written(tmp_path, rows))
    assert told in problems(found)
    assert found.ledger.rejected == 1


def test_a_district_of_llr_under_another_force_is_a_fault(tmp_path: Path) -> None:
    rows = leicestershire() + northamptonshire()
    rows[12][4] = "E07000133"
    assert "(E07000133) stands under the force Northamptonshire" in problems(read(written(tmp_path, rows)))


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ([name.replace("Sexual offences", "Sex offences") for name in HEADER], "Was it renamed to 'Sex offences'?"),
        ([*HEADER[:-1], HEADER[-2]], "the column 'Stalking and harassment' stands 2 times."),
        ([name for name in HEADER if "Local Authority code" not in name], "'Local Authority code' is missing"),
    ],
)
def test_a_column_renamed_doubled_or_dropped_is_named(tmp_path: Path, header: list[str], told: str) -> None:
    assert told in problems(read(written(tmp_path, leicestershire(), header=header)))


def test_a_table_without_rows_a_period_or_with_one_to_come_is_refused(tmp_path: Path) -> None:
    assert "no row of figures" in problems(read(written(tmp_path, [])))
    untitled = TITLE.replace("year ending June 2024", "latest year")
    assert "names no period" in problems(read(written(tmp_path, leicestershire(), title=untitled)))
    future = TITLE.replace("2024", "2091")
    assert "June 2091 lies in the future" in problems(read(written(tmp_path, leicestershire(), title=future)))
    assert "no row is about Leicestershire" in problems(read(written(tmp_path, northamptonshire()[:3])))


def test_semicolons_are_named(tmp_path: Path) -> None:
    file = written(tmp_path, leicestershire(), header=[" ".join(name.split()) for name in HEADER]).path
    text = file.read_text("cp1252").replace(",", ";")
    file.write_text(text.replace(TITLE.replace(",", ";"), TITLE), "cp1252")
    assert "parted by semicolons" in problems(read(Incoming(file)))


def test_the_sheet_of_a_later_workbook_says_the_same_as_the_csv(tmp_path: Path) -> None:
    numbers = [
        [int(cell.replace(",", "")) if column > 5 else cell for column, cell in enumerate(cells)]
        for cells in leicestershire()
    ]
    file = write_ods(
        tmp_path / "later.ods", {"Notes": [["About"]], "Table_C2 ": [[TITLE], ["Source: x"], HEADER, *numbers]}
    )
    incoming = Incoming(file)
    assert ons_forces.likeness_of_workbook(incoming) >= 0.6
    (intake,) = ons_forces.read_workbook(incoming)
    from_csv = read(written(tmp_path, leicestershire()))
    assert (intake.source, intake.facts, intake.covers) == ("ons_csp", from_csv.facts, from_csv.covers)
