"""DfE table C3 as published: the assessments of 2025, and the columns that begin later."""

from pathlib import Path

import pytest

from tests.places import LEICESTER, RUTLAND
from vawg_metrics.areas import ENGLAND, LEICESTERSHIRE, UPPER_TIERS
from vawg_metrics.periods import Period
from vawg_metrics.sources import children
from vawg_metrics.sources.contract import Fact, Intake
from vawg_metrics.sources.incoming import Incoming

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "publishers" / "dfe"


@pytest.fixture(scope="module")
def intake() -> Intake:
    (file,) = FOLDER.glob("*.csv")
    assert children.likeness(Incoming(file)) == 1.0
    (intake,) = children.read(Incoming(file))
    return intake


@pytest.fixture(scope="module")
def cells(intake: Intake) -> dict[tuple[str, str, str], Fact]:
    return {(fact.area, fact.end, fact.item): fact for fact in intake.facts}


def test_the_file_is_read_without_fault_and_its_books_balance(intake: Intake) -> None:
    assert intake.faults == ()
    assert intake.ledger.balances
    assert intake.ledger.read == 1312
    assert intake.ledger.kept == {"National": 8, "Regional": 8, "Local authority": 673}
    assert intake.edition == "years ending March 2018 to March 2025"
    assert intake.covers == Period("2017-04", "2025-03")
    assert len(intake.facts) == 6890


def test_assessments_of_2025_that_name_domestic_abuse_of_a_parent(cells: dict[tuple[str, str, str], Fact]) -> None:
    found = {area.name: cells[area.code, "2025-03", "Domestic_Abuse_parent"].count for area in UPPER_TIERS}
    assert found == {"Leicester": 927, "Leicestershire": 1403, "Rutland": 76}


@pytest.mark.parametrize(
    ("area", "child", "assessments"),
    [
        (LEICESTER.code, 206, 2445),
        (LEICESTERSHIRE.code, 1108, 5008),
        (RUTLAND.code, 24, 217),
        (ENGLAND.code, 57930, 513250),
    ],
)
def test_assessments_of_2025_that_name_domestic_abuse_of_the_child(
    cells: dict[tuple[str, str, str], Fact], area: str, child: int, assessments: int
) -> None:
    assert cells[area, "2025-03", "Domestic_Abuse_child"].count == child
    assert cells[area, "2025-03", "Episodes_with_assessment_factor"].count == assessments


def test_sexual_abuse_is_one_column_before_2021(cells: dict[tuple[str, str, str], Fact]) -> None:
    for year in ("2018-03", "2019-03", "2020-03"):
        divided = cells[LEICESTER.code, year, "Sexual_Abuse_adult_on_child"]
        assert (divided.count, divided.marker) == (None, "missing")
    assert cells[LEICESTER.code, "2020-03", "Sexual_Abuse_unknown"].count == 160
    assert cells[LEICESTER.code, "2021-03", "Sexual_Abuse_adult_on_child"].count == 169


def test_a_small_number_is_suppressed_and_not_zero(cells: dict[tuple[str, str, str], Fact]) -> None:
    fact = cells[RUTLAND.code, "2025-03", "Sexual_Abuse_child_on_child"]
    assert (fact.count, fact.marker) == (None, "suppressed")
