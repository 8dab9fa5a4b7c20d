"""data.police.uk on tiny hand-made months: what is counted, what is set aside, what is refused, what never leaves."""

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest

from tests.places import LEICESTER, RUTLAND
from vawg_metrics.areas import DISTRICTS, NEIGHBOURING_FORCES, UNPLACED
from vawg_metrics.errors import FaultsFound
from vawg_metrics.periods import Period
from vawg_metrics.sources.contract import Fact, Intake
from vawg_metrics.sources.incoming import Incoming
from vawg_metrics.sources.police_uk import READERS
from vawg_metrics.sources.police_uk_layouts import (
    CRIME_TYPES,
    OUTCOME_TABLE,
    OUTCOMES,
    STOP_AND_SEARCH_COLUMNS,
    STREET,
)

HOME = "Leicestershire Police"
VIOLENCE = "Violence and sexual offences"
ASB = "Anti-social behaviour"
CRIME_ID = "392dda1cedae346842c4ca8dec24a72fc2abedb1eb60a10ae411c5ae16173b91"
STREET_NAME = "On or near Invented Lane, Upper"
PRIVATE = (CRIME_ID, "Invented Lane", "E01013679", "010C", "52.6", "-1.1")
READER = READERS[0]


def street_row(
    lsoa: str = "Leicester 010C",
    crime: str = VIOLENCE,
    outcome: str = "Under investigation",
    month: str = "2025-01",
    force: str = HOME,
) -> list[str]:
    placed = ["-1.126111", "52.626222", STREET_NAME, "E01013679"] if lsoa else ["", "", "No Location", ""]
    return ["" if crime == ASB else CRIME_ID, month, force, force, *placed, lsoa, crime, outcome, ""]


def outcome_row(lsoa: str, outcome: str, month: str = "2025-01") -> list[str]:
    return [*street_row(lsoa, month=month)[:9], outcome]


MONTH = (
    street_row(),
    street_row(outcome="Unable to prosecute suspect"),
    street_row(),
    street_row("North West Leicestershire 001A", "Drugs", "Local resolution"),
    street_row("Leicester 001A", ASB, ""),
    street_row("Leicester 001A", ASB, ""),
    street_row("", VIOLENCE),
    street_row("Birmingham 102B", VIOLENCE),
)


def text(rows: Iterable[Sequence[str]], header: Sequence[str] = STREET.columns) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows([header, *rows])
    return written.getvalue()


def write_table(folder: Path, content: str | bytes) -> Incoming:
    path = folder / "any name.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return Incoming(path)


def write_zip(folder: Path, members: Mapping[str, str | bytes]) -> Incoming:
    path = folder / "any name.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return Incoming(path)


def read_table(folder: Path, content: str | bytes) -> Intake:
    (intake,) = READER.read(write_table(folder, content))
    assert intake.ledger.balances
    return intake


def counts(intake: Intake) -> dict[tuple[str, str, str, str], int | None]:
    return {(fact.area, fact.start, fact.item, fact.part): fact.count for fact in intake.facts}


def test_a_month_is_counted_by_district_crime_type_and_outcome(tmp_path: Path) -> None:
    intake = read_table(tmp_path, text(MONTH))
    found = counts(intake)
    assert intake.source == "police_uk_street"
    assert intake.edition == "data.police.uk, Leicestershire Police, January 2025"
    assert intake.covers == Period("2025-01", "2025-01")
    assert found[LEICESTER.code, "2025-01", VIOLENCE, "Under investigation"] == 2
    assert found[LEICESTER.code, "2025-01", VIOLENCE, "Unable to prosecute suspect"] == 1
    assert found["E07000134", "2025-01", "Drugs", "Local resolution"] == 1
    assert found[UNPLACED.code, "2025-01", VIOLENCE, "Under investigation"] == 2
    assert sum(count or 0 for count in found.values()) == len(MONTH) == intake.ledger.read


def test_identical_rows_of_anti_social_behaviour_are_all_counted(tmp_path: Path) -> None:
    assert counts(read_table(tmp_path, text(MONTH)))[LEICESTER.code, "2025-01", ASB, ""] == 2


def test_every_area_has_every_crime_type_with_a_zero_where_none_was_recorded(tmp_path: Path) -> None:
    intake = read_table(tmp_path, text(MONTH))
    cells = {(fact.area, fact.item) for fact in intake.facts}
    areas = [*(area.code for area in DISTRICTS), UNPLACED.code]
    assert cells == {(area, crime) for area in areas for crime in CRIME_TYPES}
    assert Fact(RUTLAND.code, "2025-01", "2025-01", "Burglary", "", 0) in intake.facts
    assert len({fact.key for fact in intake.facts}) == len(intake.facts)


def test_no_location_and_outside_llr_stay_apart_in_the_ledger(tmp_path: Path) -> None:
    kept = read_table(tmp_path, text(MONTH)).ledger.kept
    assert kept == {"placed in a district": 6, "no location": 1, "placed outside LLR": 1}


@pytest.mark.parametrize("lsoa", ["Leicester", "Leicester010C", "Leicestershire 010C", "Hinckley 001A"])
def test_a_name_that_is_not_a_district_of_llr_is_outside_and_no_error(tmp_path: Path, lsoa: str) -> None:
    intake = read_table(tmp_path, text([street_row(lsoa)]))
    assert not intake.faults
    assert intake.ledger.kept["placed outside LLR"] == 1


def test_a_neighbouring_force_is_one_area(tmp_path: Path) -> None:
    rows = [street_row(lsoa, force="Derbyshire Constabulary") for lsoa in ("Amber Valley 001A", "")]
    intake = read_table(tmp_path, text(rows))
    derbyshire = NEIGHBOURING_FORCES[0]
    assert {fact.area for fact in intake.facts} == {derbyshire.code}
    assert {fact.item for fact in intake.facts} == set(CRIME_TYPES)
    assert counts(intake)[derbyshire.code, "2025-01", VIOLENCE, "Under investigation"] == 2
    assert intake.ledger.kept == {"force total": 2}


def test_a_force_that_is_not_compared_is_set_aside_whole(tmp_path: Path) -> None:
    intake = read_table(tmp_path, text([street_row(force="Kent Police"), street_row(force="Kent Police")]))
    assert (intake.facts, intake.faults) == ((), ())
    assert intake.ledger.set_aside == {"force not compared": 2}


def test_a_download_with_outcomes_and_stop_and_search_gives_one_intake_for_each_source(tmp_path: Path) -> None:
    outcomes = [outcome_row("Leicester 010C", "Suspect charged"), outcome_row("", "Suspect charged")]
    incoming = write_zip(
        tmp_path,
        {
            "2025-01/2025-01-leicestershire-outcomes.csv": text(outcomes, OUTCOME_TABLE.columns),
            "2025-01/2025-01-leicestershire-stop-and-search.csv": text([[""] * 15] * 3, STOP_AND_SEARCH_COLUMNS),
            "2025-01/2025-01-leicestershire-street.csv": text(MONTH),
            "__MACOSX/2025-01/._2025-01-leicestershire-street.csv": b"\x00\x05\x16\x07",
            "read me.csv": "a,b\n1,2\n",
        },
    )
    assert READER.likeness(incoming) == 1
    street, outcome = READER.read(incoming)
    assert (street.source, outcome.source) == ("police_uk_street", "police_uk_outcomes")
    assert street.ledger.set_aside == {"stop and search, not used": 3, "another kind of table, not used": 1}
    assert (street.ledger.read, street.ledger.balances) == (len(MONTH) + 4, True)
    assert (outcome.ledger.read, outcome.ledger.balances, outcome.ledger.set_aside) == (2, True, {})
    assert counts(outcome)[LEICESTER.code, "2025-01", "Outcomes", "Suspect charged"] == 1
    assert counts(outcome)[UNPLACED.code, "2025-01", "Outcomes", "Suspect charged"] == 1
    assert counts(outcome)[RUTLAND.code, "2025-01", "Outcomes", ""] == 0


def test_an_outcomes_table_alone_is_known_by_its_columns(tmp_path: Path) -> None:
    intake = read_table(tmp_path, text([outcome_row("Leicester 010C", "Suspect charged")], OUTCOME_TABLE.columns))
    assert (intake.source, intake.faults) == ("police_uk_outcomes", ())


def test_an_outcome_without_a_type_is_a_fault_in_an_outcomes_table_only(tmp_path: Path) -> None:
    assert read_table(tmp_path, text([outcome_row("Leicester 010C", "")], OUTCOME_TABLE.columns)).faults
    assert not read_table(tmp_path, text([street_row(outcome="")])).faults


def test_months_of_a_download_are_read_together_and_a_gap_stays_a_gap(tmp_path: Path) -> None:
    members = {f"{month}.csv": text([street_row(month=month)]) for month in ("2024-10", "2025-01", "2024-11")}
    (intake,) = READER.read(write_zip(tmp_path, members))
    assert intake.covers == Period("2024-10", "2025-01")
    assert intake.edition == "data.police.uk, Leicestershire Police, October 2024 to January 2025"
    assert {fact.start for fact in intake.facts} == {"2024-10", "2024-11", "2025-01"}


def test_the_same_month_again_is_folded_when_its_numbers_agree(tmp_path: Path) -> None:
    (intake,) = READER.read(write_zip(tmp_path, {"a.csv": text(MONTH), "b.csv": text(reversed(MONTH))}))
    assert not intake.faults
    assert intake.ledger.set_aside == {"the same month again": len(MONTH)}
    assert sum(fact.count or 0 for fact in intake.facts) == len(MONTH)


def test_the_same_month_with_different_numbers_is_a_fault(tmp_path: Path) -> None:
    (intake,) = READER.read(write_zip(tmp_path, {"a.csv": text(MONTH), "b.csv": text(MONTH[1:])}))
    (fault,) = intake.faults
    assert fault.file == "any name.zip > b.csv"
    assert "Leicestershire Police, January 2025 stands twice" in fault.problem
    assert (intake.ledger.rejected, intake.ledger.balances) == (len(MONTH) - 1, True)


def changed(row: int, column: str, value: str) -> list[list[str]]:
    rows = [list(cells) for cells in MONTH]
    rows[row - 2][STREET.columns.index(column)] = value
    return rows


@pytest.mark.parametrize(
    ("content", "row", "problem", "repair"),
    [
        (text(changed(4, "Month", "2025-13")), "row 4", "the month '2025-13' is not a month", "as it was downloaded"),
        (text(changed(4, "Month", "2025-02")), "row 4", "2025-02 stands in a table of 2025-01", "one month"),
        (text(changed(9, "Reported by", "Kent Police")), "row 9", "'Kent Police' stands in a table of", "one force"),
        (text(changed(3, "Reported by", "")), "row 3", "'Reported by' is empty", "as it was downloaded"),
        (text(changed(2, "Crime type", "Burglry")), "row 2", "the crime type 'Burglry'", "'Burglary'"),
        (text(changed(2, "Crime type", "")), "row 2", "the crime type ''", "as it was downloaded"),
        (text(changed(5, "Last outcome category", "Charged!")), "row 5", "the outcome 'Charged!'", ""),
        (text([*MONTH, MONTH[0][:-1]]), "row 10", "the row has 11 columns, the header 12", "as it was downloaded"),
        (text([MONTH[0], [*MONTH[0], "x"], MONTH[1]]), "row 3", "the row has 13 columns", "as it was downloaded"),
        (text([]), "row 1", "no data below it", "Download"),
        (text([]).strip(), "row 1", "no data below it", "Download"),
        (text(MONTH).replace(",", ";"), "row 1", "semicolons", "commas"),
        (text(MONTH).replace("Crime type", "Offence type"), "row 1", "renamed to 'Offence type'", "column names"),
        (text(MONTH).replace("Context", "Month"), "row 1", "'Month' stands 2 times", "original"),
        (text((), STREET.columns[1:]) + "x\n", "row 1", "the column 'Crime ID' is missing", "column names"),
        (text(MONTH) + '"' + "x" * 200_000, "row 10", "quotation mark", "Download"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_row_and_its_repair(
    tmp_path: Path, content: str, row: str, problem: str, repair: str
) -> None:
    incoming = write_table(tmp_path, content)
    assert READER.likeness(incoming) >= 0.6
    (intake,) = READER.read(incoming)
    found = [fault for fault in intake.faults if fault.row == row and problem in fault.problem]
    assert found and repair in found[0].repair
    assert (intake.facts, intake.ledger.balances) == ((), True)


def test_a_month_after_the_present_one_is_refused_and_the_present_one_read(tmp_path: Path) -> None:
    present = f"{date.today():%Y-%m}"
    assert not read_table(tmp_path, text([street_row(month=present)])).faults
    later = f"{date.today().year + 1}-01"
    (fault,) = read_table(tmp_path, text([street_row(month=later)] * 7)).faults
    assert fault.row == "rows 2, 3, 4, 5, 6 and 2 more"
    assert f"the month {later} lies in the future" in fault.problem


def test_all_faults_of_all_tables_are_found_in_one_pass(tmp_path: Path) -> None:
    rows = changed(2, "Crime type", "Bad")
    rows[1][STREET.columns.index("Month")] = "2025-00"
    rows[1][STREET.columns.index("Last outcome category")] = "Worse"
    members = {"a.csv": text(rows), "b.csv": text(MONTH), "c.csv": text([])}
    (intake,) = READER.read(write_zip(tmp_path, members))
    assert [(fault.file[15:], fault.row) for fault in intake.faults] == [
        ("a.csv", "row 3"), ("a.csv", "row 3"), ("a.csv", "row 2"), ("c.csv", "row 1"),
    ]  # fmt: skip
    assert (intake.ledger.rejected, intake.ledger.balances) == (2, True)


def test_a_flood_of_faults_is_capped_and_counted(tmp_path: Path) -> None:
    intake = read_table(tmp_path, text([street_row(crime=f"Crime {number}") for number in range(80)]))
    assert len(intake.faults) == 51
    assert "30 more" in intake.faults[-1].problem
    assert intake.ledger.rejected == 80


def test_a_damaged_table_inside_a_zip_is_named_and_the_others_still_read(tmp_path: Path) -> None:
    incoming = write_zip(tmp_path, {"a.csv": text(MONTH), "b.csv": text(MONTH), "c.csv": b""})
    whole = bytearray(incoming.path.read_bytes())
    whole[whole.index(b"b.csv") + 60] ^= 0xFF
    incoming.path.write_bytes(bytes(whole))
    damaged = Incoming(incoming.path)
    assert READER.likeness(damaged) == 1
    (intake,) = READER.read(damaged)
    assert ["b.csv" in str(fault) or "c.csv" in str(fault) for fault in intake.faults] == [True, True]
    assert intake.ledger.read == len(MONTH)


def test_a_zip_of_one_damaged_table_says_that_it_is_damaged(tmp_path: Path) -> None:
    incoming = write_zip(tmp_path, {"a.csv": text(MONTH)})
    whole = bytearray(incoming.path.read_bytes())
    whole[60] ^= 0xFF
    incoming.path.write_bytes(bytes(whole))
    with pytest.raises(FaultsFound, match="damaged"):
        READER.likeness(Incoming(incoming.path))


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + text(MONTH).encode(),
        text(MONTH).replace("Invented", "Inventé").encode("cp1252"),
        text(MONTH).replace("\n", "\r\n").encode(),
        text(MONTH).replace("\n", "\n\n   \n").encode(),
        text(MONTH).replace("Crime type", " Crime  type ").replace(f",{VIOLENCE},", f", {VIOLENCE} ,").encode(),
        text(MONTH).replace(", Upper", ",\nUpper").encode(),
        text(MONTH).rstrip("\n").encode(),
    ],
    ids=["byte order mark", "cp1252", "windows lines", "blank lines", "padding", "line break in cell", "no last line"],
)
def test_ordinary_habits_give_the_same_facts(tmp_path: Path, content: bytes) -> None:
    plain = read_table(tmp_path, text(MONTH))
    habit = read_table(tmp_path, content)
    assert (habit.facts, habit.ledger, habit.faults) == (plain.facts, plain.ledger, ())


@pytest.mark.parametrize("column", ["Month", "Reported by", "Crime type", "Last outcome category"])
@pytest.mark.parametrize("slipped", [CRIME_ID, STREET_NAME, "E01013679", "Leicester 010C", "52.626222", "-1.126111"])
def test_nothing_of_a_crime_or_a_spot_leaves_even_when_columns_slip(tmp_path: Path, column: str, slipped: str) -> None:
    intake = read_table(tmp_path, text(changed(3, column, slipped)))
    said = " ".join(map(str, intake.faults)) + intake.edition + str(intake.ledger)
    assert intake.faults
    assert not any(secret in said for secret in PRIVATE)


def test_nothing_of_a_crime_or_a_spot_is_in_the_facts(tmp_path: Path) -> None:
    intake = read_table(tmp_path, text(MONTH))
    assert not any(secret in repr(intake) for secret in PRIVATE)


def test_other_files_are_not_taken_for_police_tables(tmp_path: Path) -> None:
    assert READER.likeness(write_table(tmp_path, "month,cps_area\n2014-01,Kent\n")) < 0.6
    assert READER.likeness(write_table(tmp_path, '{"type": "Topology"}')) == 0
    assert READER.likeness(write_table(tmp_path, text((), STOP_AND_SEARCH_COLUMNS))) < 0.6
    assert READER.likeness(write_zip(tmp_path, {"a.csv": "a,b\n1,2\n"})) < 0.6
    assert READER.likeness(write_zip(tmp_path, {"[Content_Types].xml": "<x/>"})) == 0


def test_the_lists_of_words_hold_each_word_once() -> None:
    assert len(set(CRIME_TYPES)) == len(CRIME_TYPES) == 14
    assert len(set(OUTCOMES)) == len(OUTCOMES)
