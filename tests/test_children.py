"""DfE table C3: each factor by authority and year; suppressed, not collected and zero stay three things."""

import csv
import io
from pathlib import Path

import pytest

from vawg_metrics.periods import Period
from vawg_metrics.sources import children
from vawg_metrics.sources.contract import Fact, Intake
from vawg_metrics.sources.incoming import Incoming

Row = dict[str, str]

HEADER = [
    "time_period",
    "time_identifier",
    "geographic_level",
    "country_code",
    "country_name",
    "region_code",
    "region_name",
    "old_la_code",
    "new_la_code",
    "la_name",
    "category",
    "Episodes_with_assessment_factor",
    "Alcohol_Misuse_child",
    "Domestic_Abuse_child",
    "Domestic_Abuse_parent",
    "Domestic_Abuse_person",
    "Child_sexual_exploitation",
    "Sexual_Abuse_unknown",
    "Sexual_Abuse_child_on_child",
    "Sexual_Abuse_adult_on_child",
    "Female_Genital_Mutilation",
    "Child_criminal_exploitation",
    "Other",
]


def row(year: str, level: str, region: str = "", council: str = "", name: str = "", **counts: str) -> Row:
    """One row of the file, all factors at 10 unless given."""
    texts = {
        "time_period": year,
        "time_identifier": "Reporting year",
        "geographic_level": level,
        "country_code": "E92000001",
        "region_code": region,
        "new_la_code": council,
        "la_name": name,
        "category": "Factors",
    }
    return {**dict.fromkeys(HEADER[11:], "10"), **dict.fromkeys(HEADER[:11], ""), **texts, **counts}


def rows() -> list[Row]:
    """One year of England, two regions, LLR's three authorities, a neighbour and another council; and 2024, less."""
    return [
        row("2025", "National", Episodes_with_assessment_factor="513,250"),
        row("2025", "Regional", "E12000004"),
        row("2025", "Regional", "E12000001"),
        row("2025", "Local authority", "E12000004", "E06000016", "Leicester", Domestic_Abuse_parent="927"),
        row("2025", "Local authority", "E12000004", "E10000018", "Leicestershire", Female_Genital_Mutilation="0"),
        row("2025", "Local authority", "E12000004", "E06000017", "Rutland", Sexual_Abuse_child_on_child="c"),
        row("2025", "Local authority", "E12000006", "E06000032", "Luton", Domestic_Abuse_child="u"),
        row("2025", "Local authority", "E12000003", "E08000016", "Barnsley"),
        row("2025", "Local authority", "E12000007", "E09000001", "City of London"),
        row("2024", "Local authority", "E12000004", "E06000016", "Leicester", Child_criminal_exploitation="x"),
    ]


def write_table(path: Path, given: list[Row], header: list[str] = HEADER, delimiter: str = ",") -> Incoming:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(header)
    writer.writerows([line[name] for name in HEADER] for line in given)
    path.write_text("\ufeff" + text.getvalue(), encoding="utf-8")
    return Incoming(path)


def taken(tmp_path: Path, given: list[Row], header: list[str] = HEADER) -> Intake:
    (intake,) = children.read(write_table(tmp_path / "table.csv", given, header))
    assert intake.ledger.balances
    return intake


def cell(intake: Intake, area: str, item: str, end: str = "2025-03") -> Fact:
    (found,) = [fact for fact in intake.facts if (fact.area, fact.end, fact.item) == (area, end, item)]
    return found


def test_each_factor_is_a_fact_of_the_year_that_ends_in_march(tmp_path: Path) -> None:
    intake = taken(tmp_path, rows())
    assert intake.faults == ()
    assert (intake.source, intake.edition) == ("children_in_need", "years ending March 2024 to March 2025")
    assert intake.covers == Period("2023-04", "2025-03")
    leicester = cell(intake, "E06000016", "Domestic_Abuse_parent")
    assert leicester == Fact("E06000016", "2024-04", "2025-03", "Domestic_Abuse_parent", "", 927)
    assert cell(intake, "E92000001", "Episodes_with_assessment_factor").count == 513250
    assert "Alcohol_Misuse_child" not in {fact.item for fact in intake.facts}


def test_zero_suppressed_unreliable_and_not_collected_differ(tmp_path: Path) -> None:
    intake = taken(tmp_path, rows())
    found = (
        cell(intake, "E10000018", "Female_Genital_Mutilation"),
        cell(intake, "E06000017", "Sexual_Abuse_child_on_child"),
        cell(intake, "E06000032", "Domestic_Abuse_child"),
        cell(intake, "E06000016", "Child_criminal_exploitation", "2024-03"),
    )
    assert [(fact.count, fact.marker) for fact in found] == [
        (0, ""),
        (None, "suppressed"),
        (None, "missing"),
        (None, "missing"),
    ]


def test_an_authority_without_a_row_in_a_year_of_the_file_is_unknown(tmp_path: Path) -> None:
    intake = taken(tmp_path, rows())
    for area in ("E10000018", "E06000017"):
        fact = cell(intake, area, "Domestic_Abuse_child", "2024-03")
        assert (fact.count, fact.marker) == (None, "missing")


def test_the_ledger_says_where_each_row_went(tmp_path: Path) -> None:
    intake = taken(tmp_path, [*rows(), rows()[0]])
    assert intake.ledger.read == 11
    assert intake.ledger.kept == {"National": 1, "Regional": 1, "Local authority": 6}
    assert intake.ledger.set_aside == {"other regions": 1, "other authorities": 1, "the same row twice": 1}
    assert [area.name for area in intake.places] == ["Luton", "Barnsley"]


def test_every_fault_is_found_at_once(tmp_path: Path) -> None:
    bad = [
        row("2025", "Local authority", council="E06000016", name="Leicester", Domestic_Abuse_child="some"),
        row("2025", "Local authority", council="E06000016", name="Leicester", Domestic_Abuse_child="-3"),
        row("2025", "Local authority", council="E06000099", name="Rutland"),
        row("2025", "Local authority", council="E0600001", name="Derby"),
        row("202425", "Local authority", council="E10000018", name="Leicestershire"),
        row("2025", "Ward", name="Leicester"),
        row("2025", "National", time_identifier="Calendar year"),
    ]
    intake = taken(tmp_path, bad)
    assert [f"{fault.row}: {fault.problem}" for fault in intake.faults] == [
        "row 2: Domestic_Abuse_child: 'some' is not a whole number.",
        "row 3: Domestic_Abuse_child: -3 is a negative count.",
        "row 4: Rutland carries the code E06000099, and its code is E06000017.",
        "row 5: 'E0600001' (Derby) is not the code of an area.",
        "row 6: '202425' is not a year.",
        "row 7: 'Ward' is not one of the levels National, Regional, Local authority.",
        "row 8: 'Calendar year' is not the 'Reporting year' that ends in March.",
    ]
    assert intake.ledger.rejected == 7


def test_two_rows_for_one_place_and_year_must_agree(tmp_path: Path) -> None:
    other = row("2025", "National", Domestic_Abuse_child="11")
    (fault,) = taken(tmp_path, [*rows(), other]).faults
    assert (fault.row, fault.problem) == ("row 12", "E92000001 stands twice in 2025 with different figures.")


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ([], "there is no row for a place that is read here."),
        ([row("2099", "National")], "March 2099 lies in the future."),
    ],
)
def test_a_bare_header_and_a_future_year_are_refused(tmp_path: Path, given: list[Row], problem: str) -> None:
    assert [fault.problem for fault in taken(tmp_path, given).faults] == [problem]


def test_a_renamed_and_a_doubled_column_are_named(tmp_path: Path) -> None:
    header = list(HEADER)
    header[header.index("Domestic_Abuse_parent")] = "Domestic_Abuse_of_parent"
    header[header.index("Other")] = "Child_sexual_exploitation"
    intake = taken(tmp_path, rows(), header)
    assert [fault.problem for fault in intake.faults] == [
        "the column 'Domestic_Abuse_parent' is missing. Was it renamed to 'Domestic_Abuse_of_parent'?",
        "the column 'Child_sexual_exploitation' stands 2 times.",
    ]
    assert children.likeness(write_table(tmp_path / "renamed.csv", rows(), header)) >= 0.6


def test_a_file_is_known_by_its_columns_and_semicolons_are_refused(tmp_path: Path) -> None:
    assert children.likeness(write_table(tmp_path / "crime.csv", rows())) == 1.0
    parted = write_table(tmp_path / "parted.csv", rows(), delimiter=";")
    assert children.likeness(parted) >= 0.6
    assert [fault.problem for fault in children.read(parted)[0].faults] == ["the columns are parted by semicolons."]
    other = tmp_path / "c3.csv"
    other.write_text("Month,LSOA code,Crime type\n2025-01,E01000001,Drugs\n")
    assert children.likeness(Incoming(other)) < 0.1
