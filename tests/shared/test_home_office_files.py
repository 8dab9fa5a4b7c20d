"""Home Office open data as published: the totals that Leicestershire's figures must come to."""

from collections import Counter
from pathlib import Path

import pytest

from vawg_metrics.areas import ENGLAND_AND_WALES, LLR, NEIGHBOURING_FORCES
from vawg_metrics.periods import Period, quarter
from vawg_metrics.sources import home_office
from vawg_metrics.sources.contract import Intake
from vawg_metrics.sources.home_office_offences import RAPE, SEXUAL_OFFENCES, STALKING_AND_HARASSMENT
from vawg_metrics.sources.incoming import Incoming

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "publishers" / "home_office"


@pytest.fixture(scope="module")
def intakes() -> dict[str, Intake]:
    found = {}
    for file in sorted(FOLDER.iterdir()):
        incoming = Incoming(file)
        reader = max(home_office.READERS, key=lambda one: one.likeness(incoming))
        assert reader.likeness(incoming) >= 0.9
        (intake,) = reader.read(incoming)
        found[intake.source] = intake
    return found


def test_every_file_is_read_without_a_fault_and_its_books_balance(intakes: dict[str, Intake]) -> None:
    read = {source: (intake.ledger.read, len(intake.facts)) for source, intake in intakes.items()}
    assert read == {
        "home_office_recorded": (23_068, 624),
        "home_office_outcomes": (132_529, 5_049),
        "home_office_arrests": (286_500, 288),
    }
    areas = {LLR.code, ENGLAND_AND_WALES.code, *(area.code for area in NEIGHBOURING_FORCES)}
    for intake in intakes.values():
        assert intake.faults == ()
        assert intake.ledger.balances
        assert {fact.area for fact in intake.facts} == areas
        assert len({fact.key for fact in intake.facts}) == len(intake.facts)


def test_recorded_offences_of_2017_18(intakes: dict[str, Intake]) -> None:
    intake = intakes["home_office_recorded"]
    assert intake.covers == Period("2017-04", "2018-03")
    llr: Counter[str] = Counter()
    rape: Counter[str] = Counter()
    for fact in intake.facts:
        if fact.area == LLR.code and fact.count is not None:
            llr[fact.item] += fact.count
            rape[fact.start] += fact.count * (fact.item in RAPE)
    assert set(llr) == (SEXUAL_OFFENCES.keys() | STALKING_AND_HARASSMENT.keys()) - {"20"}
    assert sum(llr[code] for code in SEXUAL_OFFENCES) == 2_284
    assert sum(llr[code] for code in STALKING_AND_HARASSMENT) == 5_091
    assert [rape[quarter("2017/18", number).start] for number in (1, 2, 3, 4)] == [161, 221, 199, 212]


def test_the_rape_cohort_of_2018_19(intakes: dict[str, Intake]) -> None:
    cohort: Counter[str] = Counter()
    for fact in intakes["home_office_outcomes"].facts:
        if fact.area == LLR.code and fact.item in RAPE:
            cohort[fact.part] += fact.count or 0
    assert cohort.total() == 976
    assert cohort["1"] + cohort["1A"] == 28
    assert cohort["14"] + cohort["16"] == 557
    assert (cohort["15"], cohort["18"], cohort["0"]) == (235, 63, 53)


def test_arrests_for_sexual_offences(intakes: dict[str, Intake]) -> None:
    intake = intakes["home_office_arrests"]
    assert intake.covers == Period("2006-04", "2018-03")
    cells = {(fact.area, fact.end, fact.item, fact.part): fact.count for fact in intake.facts}
    assert cells[LLR.code, "2018-03", "Sexual offences", "Male"] == 540
    assert cells[LLR.code, "2018-03", "Sexual offences", "Female"] == 9
    whole = [cells[ENGLAND_AND_WALES.code, "2017-03", "Sexual offences", sex] or 0 for sex in ("Female", "Male")]
    assert sum(whole) == 33_537
    absent = {(area, end) for (area, end, _, _), count in cells.items() if count is None}
    assert absent == {(ENGLAND_AND_WALES.code, "2018-03")}  # Lancashire gave none
