"""CPS case outcomes on tiny hand-made files: the areas compared, empty cells, repeats, and what is refused."""

from datetime import date
from pathlib import Path

import pytest

from vawg_metrics.areas import ENGLAND_AND_WALES, LLR
from vawg_metrics.periods import Period
from vawg_metrics.sources.contract import Fact, Intake
from vawg_metrics.sources.incoming import Incoming
from vawg_metrics.sources.prosecutions import READERS

HEADER = "month,cps_area,principal_offence_category,convictions,unsuccessful"
ROWS = (
    "2014-01,Leicestershire,Admin Finalised,,7.0",
    "2014-01,Leicestershire,Sexual Offences,15.0,6.0",
    "2014-01,Nottinghamshire,Sexual Offences,9.0,0.0",
    "2014-01,GreaterManchester,Sexual Offences,40.0,9.0",
    '2014-03,National,Sexual Offences,"1,064.0",15.0',
)
READER = READERS[0]


def write(folder: Path, *rows: str, header: str = HEADER) -> Incoming:
    path = folder / "any name.csv"
    path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    return Incoming(path)


def read(folder: Path, *rows: str, header: str = HEADER) -> Intake:
    (intake,) = READER.read(write(folder, *rows, header=header))
    assert intake.ledger.balances
    return intake


def test_the_force_its_neighbours_and_england_and_wales_are_kept(tmp_path: Path) -> None:
    intake = read(tmp_path, *ROWS)
    assert (intake.source, intake.covers) == ("cps_outcomes", Period("2014-01", "2014-03"))
    assert intake.edition == "Crown Prosecution Service case outcomes, January 2014 to March 2014"
    assert Fact(LLR.code, "2014-01", "2014-01", "Sexual Offences", "convictions", 15) in intake.facts
    assert Fact(LLR.code, "2014-01", "2014-01", "Sexual Offences", "unsuccessful", 6) in intake.facts
    assert Fact(ENGLAND_AND_WALES.code, "2014-03", "2014-03", "Sexual Offences", "convictions", 1064) in intake.facts
    assert Fact("E23000019", "2014-01", "2014-01", "Sexual Offences", "unsuccessful", 0) in intake.facts
    assert intake.ledger.kept == {"LLR": 2, "comparator": 2}
    assert intake.ledger.set_aside == {"area not compared": 1}


def test_a_month_that_the_file_leaves_out_stays_out(tmp_path: Path) -> None:
    assert "2014-02" not in {fact.start for fact in read(tmp_path, *ROWS).facts}


def test_an_administrative_closure_has_no_convictions_and_that_is_a_true_zero(tmp_path: Path) -> None:
    facts = {(fact.item, fact.part): fact for fact in read(tmp_path, ROWS[0]).facts}
    assert facts["Admin Finalised", "convictions"].count == 0
    assert facts["Admin Finalised", "convictions"].marker == ""
    assert facts["Admin Finalised", "unsuccessful"].count == 7


@pytest.mark.parametrize(
    ("text", "marker"), [("", "missing"), ("..", "missing"), ("[x]", "missing"), ("c", "suppressed")]
)
def test_any_other_empty_or_marked_cell_is_unknown_and_never_zero(tmp_path: Path, text: str, marker: str) -> None:
    intake = read(tmp_path, f"2014-01,Leicestershire,Robbery,{text},1.0")
    (fact,) = (fact for fact in intake.facts if fact.part == "convictions")
    assert (fact.count, fact.marker) == (None, marker)


def test_a_row_that_stands_twice_alike_is_folded(tmp_path: Path) -> None:
    intake = read(tmp_path, *ROWS, ROWS[1])
    assert (intake.faults, len(intake.facts)) == ((), 8)
    assert intake.ledger.set_aside["the same row again"] == 1


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("2014-13,Leicestershire,Robbery,1.0,1.0", "the month '2014-13' is not a month"),
        (f"{date.today().year + 1}-01,Leicestershire,Robbery,1.0,1.0", "lies in the future"),
        ("2014-01,Leicestershir,Robbery,1.0,1.0", "the CPS area 'Leicestershir' is unknown"),
        ("2014-01,Leicestershire,Sex,1.0,1.0", "the principal offence category 'Sex' is unknown"),
        ("2014-01,Leicestershire,Robbery,-1.0,1.0", "the number of convictions is '-1.0'"),
        ("2014-01,Leicestershire,Robbery,1.0,1.5", "the number of unsuccessful is '1.5'"),
        ("2014-01,Leicestershire,Robbery,inf,1.0", "the number of convictions is 'inf'"),
        ("2014-01,Leicestershire,Robbery,many,1.0", "the number of convictions is 'many'"),
        ("2014-01,Leicestershire,Robbery,1.0", "the row has 4 columns, the header 5"),
        ("2014-01,Leicestershire,Sexual Offences,16.0,6.0", "stands twice with different numbers"),
    ],
)
def test_what_is_wrong_is_named_with_its_row(tmp_path: Path, row: str, problem: str) -> None:
    intake = read(tmp_path, *ROWS, row)
    (fault,) = intake.faults
    assert (fault.file, fault.row) == ("any name.csv", "row 7")
    assert problem in fault.problem
    assert fault.repair
    assert intake.ledger.rejected == 1


@pytest.mark.parametrize(
    ("header", "problem"),
    [
        (HEADER.replace("cps_area", "cps_areas"), "renamed to 'cps_areas'"),
        (HEADER + ",month", "'month' stands 2 times"),
        (HEADER.replace(",", ";"), "semicolons"),
    ],
)
def test_a_header_that_was_changed_is_recognised_and_refused(tmp_path: Path, header: str, problem: str) -> None:
    incoming = write(tmp_path, *ROWS, header=header)
    assert READER.likeness(incoming) >= 0.6
    (intake,) = READER.read(incoming)
    assert problem in " ".join(map(str, intake.faults))
    assert intake.facts == ()


def test_a_header_without_rows_is_refused(tmp_path: Path) -> None:
    assert "no data below it" in str(read(tmp_path).faults[0])


def test_a_flood_of_faults_is_capped_and_counted(tmp_path: Path) -> None:
    intake = read(tmp_path, *(f"2014-01,Leicestershire,Robbery,{number},many" for number in range(80)))
    assert len(intake.faults) == 51
    assert "30 more" in intake.faults[-1].problem
    assert intake.ledger.rejected == 80


def test_other_tables_are_not_taken_for_case_outcomes(tmp_path: Path) -> None:
    assert READER.likeness(write(tmp_path, "x", header="Crime ID,Month,Reported by")) < 0.6
