"""ONS table P1: one series from two layouts, gaps that stay gaps, and nations that leave no force out."""

import csv
from pathlib import Path

import pytest

from tests.ods_files import write_ods
from vawg_metrics.areas import EAST_MIDLANDS, ENGLAND, ENGLAND_AND_WALES, LLR
from vawg_metrics.periods import Period
from vawg_metrics.sources import ons_forces
from vawg_metrics.sources.contract import Intake
from vawg_metrics.sources.incoming import Incoming
from vawg_metrics.sources.ons_tables import label, year_in

# Area, code, and how many times the run of counts it has.
AREAS = (
    ("ENGLAND AND WALES", "K04000001", 30),
    ("ENGLAND", "E92000001", 25),
    ("Greater Manchester", "E23000005", 9),
    ("East Midlands", "E12000004", 15),
    ("Derbyshire", "E23000018", 1),
    ("Leicestershire", "E23000021", 2),
    ("Lincolnshire", "E23000020", 3),
    ("Northamptonshire", "E23000022", 4),
    ("Nottinghamshire", "E23000019", 5),
)
RUN = (1000, 400, 200, 100, 90, 50)
OFFENCES = [
    "Total recorded crime (excluding fraud)",
    "Violence against the person",
    "Violence with injury",
    "Violence without injury",
    "Stalking and harassment",
    "Sexual offences",
]
Row = list[str | int | float]
STALKING, SEXUAL = 4, 5


def stacked_rows(year: int, stalking: bool = True) -> list[list[str]]:
    rows = [[str(year), name, *(str(times * count) for count in RUN), "77"] for name, _, times in AREAS]
    if not stalking:
        for cells in rows:
            cells[2 + STALKING] = ""
    return rows


def stacked(folder: Path, rows: list[list[str]], first: str = "Year ending September") -> Incoming:
    file = folder / "series.csv"
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows([[first, "Area name", *OFFENCES, "Population mid-year estim"], *rows])
    return Incoming(file)


def read_stacked(incoming: Incoming) -> Intake:
    assert ons_forces.likeness_of_stacked(incoming) >= 0.6
    (intake,) = ons_forces.read_stacked(incoming)
    assert intake.ledger.balances
    return intake


def edition(title: str = "September 20191,2", gap: bool = False, rate_of_llr: float = 1.0) -> dict[str, list[Row]]:
    """The sheets of one edition, with titles and headers as ONS writes them."""
    head: list[Row] = [
        [f"Table P1: Police recorded crime by offence group and police force area, year ending {title}"],
        [""],
        ["England and Wales"],
        ["", "", "Total recorded crime (excluding fraud3)", "", "Victim-based crime"],
        ["Area Code", "Area Name", "", "", "Violence against the person4", *OFFENCES[2:4], "Stalking and harassment 5"],
        ["", "", "Numbers"],
    ]
    head[4].append("Sexual offences")
    counts, rates = list(head), [[str(head[0][0]).replace("P1", "P3") + " rate of offences"], *head[1:5]]
    rates[4] = [*rates[4][:2], "Population figures\n (mid-2018)3", *rates[4][3:]]
    rates[3] = ["", "", "", "Total recorded crime (excluding fraud3)"]
    for name, code, times in AREAS:
        absent = gap and name == "Greater Manchester"
        run: Row = [".." if absent else float(times * count) for count in RUN]
        counts.append([code, f"{name}7,8" if name.isupper() else name, run[0], "", *run[1:]])
        factor = rate_of_llr if name == "Leicestershire" else 1.0
        rates.append([code, name, 10_000, *(".." if absent else factor * times * count / 10 for count in RUN)])
    counts += [["", "British Transport Police", 5, "", 1, 1, 1, 1, 1], ["Source: Home Office"], ["1. A note."]]
    return {"Notes": [["Crime in England and Wales"]], "Table P1 ": counts, "Table P3": rates}


def read_workbook(folder: Path, sheets: dict[str, list[Row]]) -> Intake:
    incoming = Incoming(write_ods(folder / "tables.ods", sheets))
    assert ons_forces.likeness_of_workbook(incoming) >= 0.6
    (intake,) = ons_forces.read_workbook(incoming)
    assert intake.ledger.balances
    return intake


def count(intake: Intake, area: str, end: str, item: str = "Sexual offences") -> int | None:
    (found,) = (fact.count for fact in intake.facts if (fact.area, fact.end, fact.item) == (area, end, item))
    return found


def problems(intake: Intake) -> str:
    assert intake.facts == ()
    return "\n".join(str(fault) for fault in intake.faults)


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("number of offences, year ending June 181,2", Period("2017-07", "2018-06")),
        ("number of offences, year ending March 181,2,3", Period("2017-04", "2018-03")),
        ("number of offences, year ending December 20191,2", Period("2019-01", "2019-12")),
        ("area, year ending June 2025 [note 1][note 2]", Period("2024-07", "2025-06")),
        ("no period at all", None),
    ],
)
def test_a_title_says_its_period_whatever_footnotes_are_glued_to_it(title: str, year: Period | None) -> None:
    assert year_in(title) == year


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Total recorded crime\n (excluding fraud3)", "Total recorded crime (excluding fraud)"),
        ("Stalking and harassment 5", "Stalking and harassment"),
        ("ENGLAND AND WALES7,8", "ENGLAND AND WALES"),
        ("Humberside [note 4]", "Humberside"),
        ("West Midlands Region", "West Midlands Region"),
    ],
)
def test_a_label_loses_its_footnotes_and_nothing_else(text: str, plain: str) -> None:
    assert label(text) == plain


def test_the_stacked_series_gives_a_year_to_each_kept_area(tmp_path: Path) -> None:
    found = read_stacked(stacked(tmp_path, stacked_rows(2018) + stacked_rows(2019)))
    assert found.faults == ()
    assert found.covers == Period("2017-10", "2019-09")
    assert found.edition == "years ending September 2018 to 2019, each as first published"
    assert count(found, LLR.code, "2018-09") == 100
    assert count(found, EAST_MIDLANDS.code, "2019-09") == 750
    assert found.ledger.kept == {"LLR": 2, "comparators": 14}
    assert found.ledger.set_aside == {"another force or region": 2}


def test_an_offence_before_its_first_year_is_missing_and_not_zero(tmp_path: Path) -> None:
    found = read_stacked(stacked(tmp_path, stacked_rows(2016, stalking=False)))
    assert {(fact.count, fact.marker) for fact in found.facts if fact.item == "Stalking and harassment"} == {
        (None, "missing")
    }
    assert count(found, ENGLAND.code, "2016-09") == 1250


def test_a_nation_that_leaves_a_force_out_is_missing_in_both_layouts(tmp_path: Path) -> None:
    rows = stacked_rows(2019)
    rows[2][2:8] = [""] * 6
    series = read_stacked(stacked(tmp_path, rows))
    workbook = read_workbook(tmp_path, edition(gap=True))
    for found in (series, workbook):
        assert found.faults == ()
        assert count(found, ENGLAND_AND_WALES.code, "2019-09") is None
        assert count(found, ENGLAND.code, "2019-09") is None
        assert count(found, EAST_MIDLANDS.code, "2019-09") == 750
        assert count(found, LLR.code, "2019-09") == 100
    assert sorted(series.facts) == sorted(workbook.facts)


def test_a_region_that_leaves_a_force_out_is_missing(tmp_path: Path) -> None:
    rows = stacked_rows(2019)
    rows[6][2 + SEXUAL] = ".."
    found = read_stacked(stacked(tmp_path, rows))
    assert count(found, EAST_MIDLANDS.code, "2019-09") is None
    assert count(found, EAST_MIDLANDS.code, "2019-09", "Violence with injury") == 3000


def test_both_layouts_give_the_same_facts_for_the_same_year(tmp_path: Path) -> None:
    series = read_stacked(stacked(tmp_path, stacked_rows(2018)))
    workbook = read_workbook(tmp_path, edition("September 181,2"))
    assert workbook.faults == ()
    assert workbook.edition == "year ending September 2018"
    assert sorted(series.facts) == sorted(workbook.facts)
    assert workbook.ledger.set_aside == {"another force or region": 2, ons_forces.RATES_SET_ASIDE: 9}


def test_capitals_in_a_column_name_do_not_matter(tmp_path: Path) -> None:
    sheets = edition()
    sheets["Table P1 "][4][:2] = ["Area code", "Area name"]
    assert read_workbook(tmp_path, sheets).faults == ()


def test_a_corrected_edition_says_so(tmp_path: Path) -> None:
    found = read_workbook(tmp_path, {"Correction": [["A small error."]], **edition()})
    assert found.edition == "year ending September 2019, corrected"


def test_a_rate_that_does_not_stand_for_its_count_is_a_fault(tmp_path: Path) -> None:
    told = problems(read_workbook(tmp_path, edition(rate_of_llr=1.1)))
    assert "sheet Table P3, row 11: LLR, Sexual offences: table P1 counts 100" in told
    assert "stands for 110" in told
    assert read_workbook(tmp_path, edition(rate_of_llr=1.004)).faults == ()


def test_bad_rows_of_the_series_are_named(tmp_path: Path) -> None:
    rows = stacked_rows(2018)
    rows[5][2 + SEXUAL] = "-3"
    rows[4][0] = "20l8"
    rows[6][0] = "2093"
    rows.append(rows[7])
    rows[8][3] = "n.k."
    told = problems(read_stacked(stacked(tmp_path, rows)))
    for part in (
        "row 7: Sexual offences: -3 is a negative count.",
        "row 6: '20l8' is not a year.",
        "row 8: September 2093 lies in the future.",
        "row 11: Northamptonshire stands twice for the year ending September 2018.",
        "row 10: Violence against the person: 'n.k.' is not a whole number.",
        "no row gives LLR, Derbyshire, Lincolnshire, Nottinghamshire for the year ending September 2018.",
    ):
        assert part in told


def test_bad_columns_and_empty_tables_are_named(tmp_path: Path) -> None:
    assert "no row of figures" in problems(read_stacked(stacked(tmp_path, [])))
    renamed = stacked(tmp_path, stacked_rows(2018), first="Year to September")
    assert "'Year ending September' is missing. Was it renamed to 'Year to September'?" in problems(
        read_stacked(renamed)
    )
    sheets = edition()
    sheets["Table P1 "][4][-1] = "Sex offences"
    assert "sheet Table P1, row 5: the column 'Sexual offences' is missing." in problems(
        read_workbook(tmp_path, sheets)
    )


def test_an_area_with_another_areas_code_is_a_fault(tmp_path: Path) -> None:
    sheets = edition()
    sheets["Table P1 "][11][0] = "E23000018"
    assert "Leicestershire carries the code E23000018" in problems(read_workbook(tmp_path, sheets))
