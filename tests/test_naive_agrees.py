"""Every published figure is also what plain loops over the facts make of the definitions, statistics included."""

import math
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from tests.conftest import DATA
from tests.naive import Key, Published, condition_of, figures_of
from tests.naive_statistics import Judged, Newest, judged_of, said, usual_step
from tests.tiny import VIOLENCE, household_facts, tiny_catalogue, write_world
from vawg_metrics.areas import DISTRICTS, UNPLACED
from vawg_metrics.catalogue.definitions import Catalogue
from vawg_metrics.catalogue.registers import Download, RecordingChange
from vawg_metrics.methods.control import xmr
from vawg_metrics.methods.signals import signals
from vawg_metrics.periods import month_text, quarter, shifted
from vawg_metrics.published import read_facts
from vawg_metrics.reading import Release, open_data
from vawg_metrics.sources.contract import Fact

Whole = tuple[Published, Judged]
Panels = dict[tuple[str, str], Newest]

ALL = """
select indicator, area, grain, period_end, breakdown, grp, period_start, numerator, denominator, value, marker,
    denominator_period, lower, upper, method, comparison, rest_numerator, rest_denominator, rest_value, lower_998,
    upper_998, chart_centre, chart_lower, chart_upper, chart_points, chart_rule, chart_side, chart_note <> ''
from figure
"""
PANELS = "select indicator, area, grain, period_end, points, mean, rule, side from panel"
OTHERS = {"note"}  # the one column in words: what it says of parts and windows is tested where it is made


def published(release: Release) -> dict[Key, Whole]:
    """Every figure of a release, by its key."""
    found = {}
    for row in release.warehouse.rows(ALL):
        indicator, area, grain, end, breakdown, group, start, *rest = row
        months = ("", "") if grain == "edition" else (month_text(start), month_text(end))
        own = Published(months[0], *rest[:5]), Judged(*rest[5:])
        found[indicator, area, grain, months[1], breakdown, group] = own
    return found


def published_panels(release: Release) -> Panels:
    """Every panel of a release, by its measure and area."""
    rows = release.warehouse.rows(PANELS)
    return {(indicator, area): Newest(grain, month_text(end), *rest) for indicator, area, grain, end, *rest in rows}


def naive(release: Release, data: Path) -> tuple[dict[Key, Whole], Panels]:
    """Every figure and panel as plain loops make them of the same facts."""
    stored = release.manifest.facts
    facts = {source: read_facts(data / "published", one) for source, one in stored.items()}
    figures = figures_of(facts, release.catalogue)
    judged, panels = judged_of(figures, release.catalogue)
    return {key: (figure, judged[key]) for key, figure in figures.items()}, panels


def disagreements(release: Release, data: Path) -> list[str]:
    """The figures and panels that are published otherwise, or by one side alone."""
    wanted, panels = naive(release, data)
    lines: list[str] = []
    for these, those in ((wanted, published(release)), (panels, published_panels(release))):
        lines += [
            f"{key} is only in the {'naive' if key in these else 'published'} ones" for key in these.keys() ^ those
        ]
        lines += [
            f"{key}: naive {these[key]}, published {those[key]}"  # type: ignore[index]
            for key in these.keys() & those
            if not same(these[key], those[key])  # type: ignore[index]
        ]
    return sorted(lines)


def same(one: Whole | Newest, other: Whole | Newest) -> bool:
    """Whether two agree in every column: texts and whole numbers exactly, others to a billionth."""
    return all(_equal(mine, own) for mine, own in zip(_columns(one), _columns(other), strict=True))


def _columns(one: Whole | Newest) -> tuple[object, ...]:
    return tuple(column for part in ((one,) if isinstance(one, Newest) else one) for column in vars(part).values())


def _equal(mine: object, own: object) -> bool:
    if isinstance(mine, float) and isinstance(own, float):
        return math.isclose(mine, own, rel_tol=1e-9, abs_tol=1e-12)
    return mine == own


def exercised(release: Release) -> Counter[str]:
    """How many figures of a release have each thing that is judged."""
    found: Counter[str] = Counter()
    for _, judged in published(release).values():
        found.update(filter(None, (judged.method, judged.comparison, judged.chart_rule)))
        found["chart"] += judged.chart_centre is not None
        found["no chart"] += judged.chart_points is not None and judged.chart_centre is None
    return found


def test_every_column_of_a_figure_is_compared_but_its_note(tiny: Release) -> None:
    rows = tiny.warehouse.rows("select column_name from duckdb_columns() where table_name = 'figure'")
    assert set(re.findall(r"\w+", ALL)) - {"select", "from", "figure"} == {name for (name,) in rows} - OTHERS


def test_the_tiny_world_is_published_as_plain_loops_publish_it(tiny: Release, tiny_data: Path) -> None:
    assert disagreements(tiny, tiny_data) == []
    assert len(published(tiny)) > 4000 and len(published_panels(tiny)) > 10
    seen = exercised(tiny)
    for what in ("exact Poisson (Garwood)", "Byar", "Wilson", "chart", "no chart", "beyond a limit"):
        assert seen[what] > 50, f"the tiny world hardly has any {what!r}"
    for what in ("seven on one side", "two of three beyond two thirds", "similar", "low 99.8 %", "high 95 %"):
        assert seen[what] > 20, f"the tiny world hardly has any {what!r}"


def uneven_facts(chances: Random) -> dict[str, tuple[Fact, ...]]:
    """What the tiny world lacks: few crimes and sudden ones, shares near all, more than there are, runs of eight."""
    street, homeless = [], []
    for number in range(44):
        month = shifted("2021-03", number)
        for rank, area in enumerate((*DISTRICTS, UNPLACED)):
            if (number, rank % 3) == (8, 0):
                continue  # a run of eight ends here
            many = chances.randint(1, 5 + 4 * rank) * (5 if chances.random() < 0.1 else 1)
            street.append(Fact(area.code, month, month, VIOLENCE, "Suspect charged", many))
            street.append(Fact(area.code, month, month, VIOLENCE, "Local resolution", chances.randint(0, rank)))
    for number in range(6):
        when = quarter("2023/24", number + 1) if number < 4 else quarter("2024/25", number - 3)
        for area in DISTRICTS:
            for item in ("owed_domestic_abuse", "owed"):
                homeless.append(Fact(area.code, when.start, when.end, item, "relief", chances.randint(0, 9)))
    return {
        "police_uk_street": tuple(street), "homelessness": tuple(homeless),
        "census_households": tuple(household_facts()),
    }  # fmt: skip


def uneven_catalogue() -> Catalogue:
    """Crimes, shares of them, and shares above their whole; a join, a change, and a change that parts nothing."""
    tiny = tiny_catalogue()
    share = replace(tiny.indicator("charged_share"), mature_after_months=0)
    change = RecordingChange("change", "2022-02", "Changed", "Counted anew", ("violence_by_household",))
    return replace(
        tiny,
        indicators=(tiny.indicator("violence_by_household"), share, tiny.indicator("homeless_share")),
        recording_changes=(change, replace(change, id="note", month="2023-08", breaks=False)),
        known_faults=(),
        downloads=(
            Download("police_uk_street", "first", "2021-03", "2022-08"),
            Download("police_uk_street", "second", "2022-09", "2024-10"),
        ),
    )


@pytest.mark.parametrize("seed", range(3))
def test_uneven_worlds_are_published_as_plain_loops_publish_them(seed: int, tmp_path: Path) -> None:
    write_world(tmp_path / "published", uneven_facts(Random(seed)))
    found = open_data(tmp_path, uneven_catalogue())
    assert disagreements(found, tmp_path) == []
    seen = exercised(found)
    assert seen["chart"] > 300 and seen["no chart"] > 100 and seen["two of three beyond two thirds"]


@pytest.mark.proof
@pytest.mark.real_data
def test_the_whole_release_is_published_as_plain_loops_publish_it(release: Release) -> None:
    assert disagreements(release, DATA)[:20] == []
    assert len(published(release)) > 100_000 and len(published_panels(release)) > 30
    assert len(exercised(release)) == 14  # every method, label and rule that there is


def test_seven_that_rise_or_fall_are_told_from_six_and_marked_as_a_whole() -> None:
    rise = [50.0, 48, 49, 50, 51, 52, 53, 54, 50, 50]
    assert [name for name, _ in said(rise, 50.7, 10)] == [""] + ["seven rising or falling"] * 7 + ["", ""]
    assert {name for name, _ in said(rise[2:], 50.7, 10)} == {""}


def test_every_rule_in_plain_loops_says_what_publication_says_of_walks_and_waves() -> None:
    chances, seen = Random(5), Counter[str]()
    for number in range(400):
        values, at = [], 60.0
        for point in range(8 + number % 30):
            at += chances.choice((1, 1, 2, 3)) * (1 if point // 8 % 2 else -1) * (1 if chances.random() < 0.95 else -2)
            values.append(max(0.0, at) if number % 2 else float(chances.randint(20, 40)))
        step = usual_step(values)
        if step:
            told = said(values, sum(values) / len(values), 2.66 * step)
            found = signals(xmr(values, floor=0.0))
            assert told == list(zip(found.rule.tolist(), found.side.tolist(), strict=True)), values
            seen.update(name for name, _ in told)
    assert len(seen) == 5 and min(seen.values()) > 50


@pytest.mark.parametrize("condition", ["item like 'a%'", "item = 'a' or item = 'b'", "not agreed", "item ="])
def test_a_condition_that_the_loops_do_not_know_is_refused_and_not_passed_over(condition: str) -> None:
    with pytest.raises(ValueError, match="not a condition"):
        condition_of(condition)
