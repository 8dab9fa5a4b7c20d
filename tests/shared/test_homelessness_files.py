"""All 31 H-CLIC workbooks as published: the totals that were made by hand, and what is unknown."""

from collections import defaultdict
from pathlib import Path

import pytest

from vawg_metrics.areas import DISTRICTS, EAST_MIDLANDS, ENGLAND
from vawg_metrics.sources import homelessness
from vawg_metrics.sources.contract import Fact, Intake
from vawg_metrics.sources.incoming import Incoming

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "publishers" / "mhclg"
CODE = {area.name: area.code for area in DISTRICTS}
NAME = {area.code: area.name for area in DISTRICTS}
YEAR = ("2024-04", "2024-07", "2024-10", "2025-01")
DUTIES = ("prevention", "relief")

Cells = dict[tuple[str, str, str, str], Fact]


@pytest.fixture(scope="module")
def intakes() -> tuple[Intake, ...]:
    files = sorted(FOLDER.glob("*.xlsx"))
    assert all(homelessness.likeness(Incoming(file)) == 1.0 for file in files)
    return tuple(intake for file in files for intake in homelessness.read(Incoming(file)))


@pytest.fixture(scope="module")
def cells(intakes: tuple[Intake, ...]) -> Cells:
    return {(fact.area, fact.start, fact.item, fact.part): fact for intake in intakes for fact in intake.facts}


def total(cells: Cells, area: str, item: str, quarters: tuple[str, ...] = YEAR, parts: tuple[str, ...] = DUTIES) -> int:
    counts = [cells[area, quarter, item, part].count for quarter in quarters for part in parts]
    return sum(count for count in counts if count is not None) if None not in counts else -1


def test_every_workbook_is_read_without_fault_and_its_books_balance(intakes: tuple[Intake, ...]) -> None:
    assert len(intakes) == 31
    assert len({intake.covers for intake in intakes}) == 31
    assert [intake.faults for intake in intakes if intake.faults or not intake.ledger.balances] == []
    assert sum(intake.ledger.read for intake in intakes) == 46646
    assert sum(len(intake.facts) for intake in intakes) == 61171
    assert sum(intake.edition.endswith(", revised") for intake in intakes) == 8
    assert "October to December 2025" in {intake.edition for intake in intakes}


def test_domestic_abuse_homelessness_of_2024_25_by_district(cells: Cells) -> None:
    assert {name: total(cells, code, "owed_domestic_abuse") for name, code in CODE.items()} == {
        "Leicester": 319,
        "Hinckley and Bosworth": 201,
        "Harborough": 94,
        "Blaby": 74,
        "Oadby and Wigston": 62,
        "Melton": 53,
        "North West Leicestershire": 49,
        "Charnwood": 47,
        "Rutland": 18,
    }


@pytest.mark.parametrize(
    ("item", "parts", "expected"),
    [
        ("owed_domestic_abuse", DUTIES, 917),
        ("owed_domestic_abuse", ("prevention",), 116),
        ("owed_domestic_abuse_victims", DUTIES, 868),
        ("owed_domestic_abuse_perpetrators", DUTIES, 49),
    ],
)
def test_llr_in_2024_25(cells: Cells, item: str, parts: tuple[str, ...], expected: int) -> None:
    assert sum(total(cells, code, item, parts=parts) for code in NAME) == expected


def test_the_newest_quarter_by_district(cells: Cells) -> None:
    assert {name: total(cells, code, "owed_domestic_abuse", ("2025-10",)) for name, code in CODE.items()} == {
        "Leicester": 79,
        "Hinckley and Bosworth": 43,
        "Harborough": 33,
        "Blaby": 26,
        "Oadby and Wigston": 29,
        "Melton": 7,
        "North West Leicestershire": 12,
        "Charnwood": 23,
        "Rutland": 6,
    }


def test_the_comparators_prevention_share_of_2024_25(cells: Cells) -> None:
    shares = {
        area.name: (
            total(cells, area.code, "owed_domestic_abuse", parts=("prevention",)),
            total(cells, area.code, "owed_domestic_abuse"),
        )
        for area in (ENGLAND, EAST_MIDLANDS)
    }
    assert shares == {"England": (10370, 38710), "East Midlands": (660, 3160)}


def test_an_llr_total_is_unknown_in_nine_quarters(cells: Cells) -> None:
    unknown = defaultdict(set)
    for (area, quarter, item, _), fact in cells.items():
        if area in NAME and item in ("owed", "owed_domestic_abuse") and fact.count is None:
            unknown[quarter].add(NAME[area])
    assert dict(sorted(unknown.items())) == {
        "2020-04": {"Charnwood"},
        "2020-07": {"Charnwood"},
        "2020-10": {"Charnwood"},
        "2021-07": {"Charnwood", "Hinckley and Bosworth", "Melton"},
        "2021-10": {"Charnwood", "Melton"},
        "2022-01": {"Charnwood"},
        "2022-07": {"Charnwood"},
        "2022-10": {"Charnwood"},
        "2023-04": {"Blaby"},
    }


def test_the_duties_are_apart_from_july_2020_and_the_victims_from_july_2023(cells: Cells) -> None:
    first = defaultdict(set)
    for _, quarter, item, part in cells:
        first[item, part].add(quarter)
    assert max(first["owed_domestic_abuse", "both"]) == "2020-04"
    assert min(first["owed_domestic_abuse", "relief"]) == "2020-07"
    assert min(first["owed_domestic_abuse_victims", "relief"]) == "2023-07"
    assert len(first["owed_domestic_abuse_victims", "relief"]) == 10


def test_the_victims_and_alleged_perpetrators_never_pass_the_total(cells: Cells) -> None:
    for (area, quarter, item, part), fact in cells.items():
        if item == "owed_domestic_abuse_victims" and fact.count is not None and area[:3] not in ("E92", "E12"):
            others = cells[area, quarter, "owed_domestic_abuse_perpetrators", part].count
            whole = cells[area, quarter, "owed_domestic_abuse", part].count
            assert others is not None and whole is not None and fact.count + others <= whole


@pytest.mark.parametrize(
    ("item", "quarter", "expected"),
    [
        ("support_need_domestic_abuse", "2025-10", 215),
        ("support_need_sexual_abuse", "2025-10", 16),
        ("main_duty", "2025-10", 429),
        ("priority_need_domestic_abuse", "2025-04", 46),
        ("main_duty", "2018-10", 89),
        ("support_need_domestic_abuse", "2019-01", 44),
    ],
)
def test_other_llr_totals(cells: Cells, item: str, quarter: str, expected: int) -> None:
    assert sum(total(cells, code, item, (quarter,), ("",)) for code in NAME) == expected


def test_breakdowns_of_fewer_than_five_households_are_suppressed(cells: Cells) -> None:
    fact = cells[CODE["Rutland"], "2024-07", "support_need_domestic_abuse", ""]
    assert (fact.count, fact.marker) == (None, "suppressed")
    fact = cells[CODE["Leicester"], "2024-07", "main_duty", ""]
    assert (fact.count, fact.marker) == (None, "missing")
