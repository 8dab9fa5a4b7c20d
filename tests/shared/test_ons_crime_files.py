"""ONS table C2 as published: year ending June 2025."""

from pathlib import Path

import pytest

from vawg_metrics.areas import DISTRICTS, ENGLAND_AND_WALES, LLR, UNPLACED
from vawg_metrics.periods import Period
from vawg_metrics.sources import ons_crime
from vawg_metrics.sources.contract import Intake
from vawg_metrics.sources.incoming import Incoming
from vawg_metrics.sources.ons_tables import OFFENCES

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "publishers" / "ons_crime"


@pytest.fixture(scope="module")
def intake() -> Intake:
    (file,) = FOLDER.glob("*C2.csv")
    assert ons_crime.likeness(Incoming(file)) >= 0.9
    (intake,) = ons_crime.read(Incoming(file))
    return intake


def count(intake: Intake, area: str, item: str) -> int | None:
    (found,) = (fact.count for fact in intake.facts if (fact.area, fact.item) == (area, item))
    return found


def test_the_edition_is_read_without_a_fault_and_its_books_balance(intake: Intake) -> None:
    assert intake.faults == ()
    assert (intake.edition, intake.covers) == ("year ending June 2025", Period("2024-07", "2025-06"))
    assert intake.ledger.balances
    assert intake.ledger.read == 399
    assert intake.ledger.kept["police force"] == 42  # the City of London is its only partnership
    assert len(intake.facts) == len({fact.key for fact in intake.facts}) == 404 * len(OFFENCES)
    assert {place.code for place in intake.places} == {fact.area for fact in intake.facts} - {ENGLAND_AND_WALES.code}


@pytest.mark.parametrize("item", OFFENCES)
def test_leicestershire_is_its_nine_districts_and_what_has_none(intake: Intake, item: str) -> None:
    parts = [count(intake, area.code, item) or 0 for area in (*DISTRICTS, UNPLACED)]
    assert count(intake, LLR.code, item) == sum(parts)


def test_the_known_totals_of_llr(intake: Intake) -> None:
    assert count(intake, LLR.code, "Sexual offences") == 3_843
    assert count(intake, UNPLACED.code, "Sexual offences") == 277
    assert count(intake, "E06000016", "Sexual offences") == 1_557
    assert count(intake, LLR.code, "Stalking and harassment") == 11_555
    assert count(intake, UNPLACED.code, "Stalking and harassment") == 563
    assert count(intake, LLR.code, "Total recorded crime (excluding fraud)") == 94_194


def test_england_and_wales_is_the_sum_of_its_43_forces(intake: Intake) -> None:
    forces = {place.code for place in intake.places if place.kind in ("force", "llr")}
    assert len(forces) == 43
    total = sum(fact.count or 0 for fact in intake.facts if fact.area in forces and fact.item == "Sexual offences")
    assert count(intake, ENGLAND_AND_WALES.code, "Sexual offences") == total == 208_960


def test_the_rows_under_another_forces_code_stand_under_their_own(intake: Intake) -> None:
    assert count(intake, "W15000002-none", "Total recorded crime (excluding fraud)") == 1
    assert count(intake, "E23000031-none", "Sexual offences") is None
    assert count(intake, "E23000032-none", "Sexual offences") is not None


def test_an_authority_of_several_partnerships_is_their_sum_and_dorset_is_not_split(intake: Intake) -> None:
    northampton, daventry = (count(intake, code, "Sexual offences") or 0 for code in ("E22000237", "E22000357"))
    assert count(intake, "E06000062", "Sexual offences") == northampton + daventry == 1_682
    held = {fact.area for fact in intake.facts}
    assert {"E22000063", "E22000067", "E22000367"} <= held
    assert not {"E06000058", "E06000059"} & held
