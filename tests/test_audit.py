"""The auditor: it hears everything, passes what only rounded counts explain, and finds every leak that is planted."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import DATA
from tests.places import LEICESTER, RUTLAND
from tests.returns_world import catalogue_of, returns_of
from tests.test_protection import KEY, Truth, truth_of
from vawg_metrics.areas import LLR
from vawg_metrics.audit.auditing import Audit, audit
from vawg_metrics.audit.knowledge import CODES
from vawg_metrics.audit.received import Number, Words, received
from vawg_metrics.catalogue.definitions import Catalogue
from vawg_metrics.catalogue.returned import OpenTotal
from vawg_metrics.disclosure import Cell
from vawg_metrics.periods import Period
from vawg_metrics.protection.building import Protected, protect
from vawg_metrics.protection.vault import GivenOut
from vawg_metrics.protection.writing import write_protected
from vawg_metrics.reading import Release, open_data, read
from vawg_metrics.selection import Selection

pytestmark = pytest.mark.real_data  # residents stand below its rates
MEASURES = ("support_referrals_rate", "marac_cases_rate", "marac_repeat_share", "people_waiting_for_support")
CATALOGUE = catalogue_of(MEASURES)
AFTER = date(2026, 9, 1)
END = "2025-06"
QUARTER = Period("2025-04", END)
Things = list[Number | Words]


class World:
    """A release of random returns, with the truth behind it and everything that a reader receives of it."""

    def __init__(self, folder: Path) -> None:
        returns = returns_of(CATALOGUE, 11, most=40)
        self.truth: Truth = truth_of(CATALOGUE, returns)
        self.made: Protected = protect(CATALOGUE, returns, KEY, AFTER)
        write_protected(folder, self.made.facts)
        self.release: Release = open_data(DATA, CATALOGUE, folder)
        self.things: Things = list(received(self.release))

    def shown(self, line: str, area: str, group: str = "") -> int:
        """The count that was released of a cell in the first quarter."""
        wanted = (line, area, group, END)
        return next(
            fact.count or 0 for fact in self.made.facts if (fact.item, fact.area, fact.part, fact.end) == wanted
        )

    def audit(self, things: Things | None = None, catalogue: Catalogue = CATALOGUE, **more: object) -> Audit:
        release = replace(self.release, catalogue=catalogue)
        return audit(release, self.made.facts, things=self.things if things is None else things, **more)  # type: ignore[arg-type]

    def moved(self, line: str) -> str:
        """A place whose true count is not the one that was released, for at least one reader to learn something."""
        areas = [area for of, area, group, end in self.truth if (of, group, end) == (line, "", END)]
        return next(area for area in areas if self.truth[line, area, "", END] != self.shown(line, area))


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    yield World(tmp_path_factory.mktemp("protected"))


def test_what_the_pipeline_releases_passes(world: World) -> None:
    found = world.audit()
    assert found.passed and not found.unexplained and not found.weak
    assert found.received == len(world.things) > 5_000
    assert len(found.intervals) == sum(1 for fact in world.made.facts if fact.count is not None)
    assert {one.where.split(",")[0] for one in world.things if isinstance(one, Number)} == {
        "figures", "csv", "json", "xlsx", "chart"
    }  # fmt: skip


def test_every_figure_of_a_table_is_heard_in_every_format(world: World) -> None:
    for where in ("csv, trend", "json, trend", "xlsx, trend"):
        heard = {
            (one.at, one.role)
            for one in world.things
            if isinstance(one, Number) and one.where == where and one.indicator == "marac_cases_rate"
        }
        assert ((LEICESTER.code, "quarter", END, ""), "numerator") in heard
        assert ((LLR.code, "year", "2026-03", ""), "value") in heard


def planted(world: World, where: str, indicator: str, area: str, role: str, number: float, **at: str) -> Things:
    place = (area, at.get("grain", "quarter"), at.get("end", END), at.get("group", ""))
    return [*world.things, Number(where, indicator, place, role, number)]


@pytest.mark.parametrize("where", ["csv, trend", "json, districts", "xlsx, trend", "figures"])
def test_a_true_count_in_a_file_is_found_and_recovers_the_count(world: World, where: str) -> None:
    area = world.moved("marac_cases")
    truth = world.truth["marac_cases", area, "", END]
    found = world.audit(planted(world, where, "marac_cases_rate", area, "numerator", truth))
    assert not found.passed and any("numerator" in one and where in one for one in found.unexplained)
    assert (Cell("marac_cases", area, "", f"{QUARTER.start} to {QUARTER.end}"), True) in [
        (cell, one.recovered) for cell, one in found.weak
    ]


def test_a_true_denominator_is_found(world: World) -> None:
    area = world.moved("marac_cases")
    truth = world.truth["marac_cases", area, "", END]
    found = world.audit(planted(world, "csv, trend", "marac_repeat_share", area, "denominator", truth))
    assert found.weak and any("denominator" in one for one in found.unexplained)


def test_a_rate_with_decimals_is_found_and_narrows_the_count(world: World) -> None:
    area = world.moved("marac_cases")
    people = next(
        one.number for one in world.things
        if isinstance(one, Number) and one.where == "figures" and one.indicator == "marac_cases_rate"
        and one.role == "denominator" and one.at[:3] == (area, "quarter", END)
    )  # fmt: skip
    rate = round(10_000 * world.truth["marac_cases", area, "", END] / people, 4)
    found = world.audit(planted(world, "json, trend", "marac_cases_rate", area, "value", rate))
    assert found.weak and found.unexplained


def test_a_limit_of_the_true_count_is_found(world: World) -> None:
    found = world.audit(planted(world, "csv, trend", "marac_cases_rate", LLR.code, "upper", 12.3456))
    assert any("upper 12.3456" in one for one in found.unexplained)


def test_a_shade_of_the_map_that_no_released_count_gives_is_found(world: World) -> None:
    things = [*world.things, Number("chart, map", "support_referrals_rate", ("", "quarter", "", ""), "drawn", 0.713)]
    assert any("chart, map" in one for one in world.audit(things).unexplained)


@pytest.mark.parametrize("text", ["{} cases were heard in Leicester.", "Leicester: 17.36 % of cases.", "(n = {})"])
def test_a_sentence_with_a_true_number_is_found(world: World, text: str) -> None:
    reading = read(world.release, CATALOGUE.indicator("marac_cases_rate"), Selection(("Leicester",), grain="quarter"))
    said = Words("sentence, planted", text.format(1_237), reading)
    assert any("planted" in one for one in world.audit([*world.things, said]).unexplained)


def test_a_zero_that_somebody_else_publishes_is_proved(world: World) -> None:
    zero = next(fact for fact in world.made.facts if fact.item == "marac_cases" and fact.count == 0)
    place = next(name for name, code in CODES.items() if code == zero.area)
    told = OpenTotal("marac_cases", place, zero.start, zero.end, 0, "another publisher")
    found = world.audit(catalogue=replace(CATALOGUE, open_totals=(told,)))
    assert not found.passed and any(cell.area == zero.area and one.provable_zero for cell, one in found.weak)


def test_a_year_given_exactly_beside_rounded_quarters_is_found(world: World) -> None:
    whole = sum(fact.count or 0 for fact in world.made.facts if (fact.item, fact.area) == ("marac_cases", RUTLAND.code))
    things = planted(world, "csv, trend", "marac_cases_rate", RUTLAND.code, "numerator", whole + 1, grain="year",
                     end="2026-03")  # fmt: skip
    assert any("2026-03, numerator" in one for one in world.audit(things).unexplained)


def test_a_total_that_somebody_else_publishes_is_known_to_the_auditor(world: World) -> None:
    total = world.shown("marac_cases", LLR.code) - 4
    told = OpenTotal("marac_cases", "LLR", QUARTER.start, QUARTER.end, total, "another publisher")
    catalogue = replace(CATALOGUE, open_totals=(told,))
    found = world.audit(catalogue=catalogue)
    assert not found.passed and any(cell.area == LLR.code and one.recovered for cell, one in found.weak)


def test_a_count_that_an_earlier_release_rounded_the_other_way_is_found(world: World) -> None:
    shown = world.shown("marac_cases", LEICESTER.code)
    earlier = GivenOut("the release before", "", {QUARTER: {Cell("marac_cases", LEICESTER.code): shown + 5}})
    found = world.audit(before=(earlier,))
    assert any(cell.area == LEICESTER.code for cell, _ in found.weak)
    same = GivenOut("the release before", "", {QUARTER: {Cell("marac_cases", LEICESTER.code): shown}})
    assert world.audit(before=(same,)).passed


def test_a_count_withheld_beside_exact_ones_is_found(world: World) -> None:
    facts = tuple(
        replace(fact, count=None, marker="protected")
        if (fact.item, fact.area, fact.end) == ("marac_cases", RUTLAND.code, END) else fact
        for fact in world.made.facts
    )  # fmt: skip
    totals = tuple(
        OpenTotal("marac_cases", area, QUARTER.start, QUARTER.end, world.truth["marac_cases", code, "", END], "leaked")
        for area, code in (("Leicester", LEICESTER.code), ("Leicestershire", "E10000018"), ("LLR", LLR.code),
                           ("No district recorded", "E23000021-none"))
    )  # fmt: skip
    found = audit(replace(world.release, catalogue=replace(CATALOGUE, open_totals=totals)), facts, things=())
    assert any(cell.area == RUTLAND.code and one.recovered for cell, one in found.weak)
    assert audit(world.release, facts, things=()).passed


def test_what_contradicts_the_released_counts_fails_in_words(world: World) -> None:
    shown = world.shown("marac_cases", LLR.code)
    told = OpenTotal("marac_cases", "LLR", QUARTER.start, QUARTER.end, shown + 50, "another publisher")
    found = world.audit(catalogue=replace(CATALOGUE, open_totals=(told,)))
    assert not found.passed and "contradicts" in found.contradiction
