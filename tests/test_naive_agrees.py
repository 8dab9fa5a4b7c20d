"""Every published figure is also what plain loops over the facts make of the definitions."""

import math
from pathlib import Path

import pytest

from tests.conftest import DATA
from tests.naive import Key, Published, condition_of, figures_of
from vawg_metrics.periods import month_text
from vawg_metrics.published import read_facts
from vawg_metrics.reading import Release

ALL = """
select indicator, area, grain, period_end, breakdown, grp, period_start, numerator, denominator, value, marker,
    denominator_period from figure
"""


def published(release: Release) -> dict[Key, Published]:
    """Every figure of a release, by its key."""
    found = {}
    for row in release.warehouse.rows(ALL):
        indicator, area, grain, end, breakdown, group, start, *rest = row
        months = ("", "") if grain == "edition" else (month_text(start), month_text(end))
        found[indicator, area, grain, months[1], breakdown, group] = Published(months[0], *rest)
    return found


def disagreements(release: Release, data: Path) -> list[str]:
    """The figures that are published otherwise, or by one side alone."""
    stored = release.manifest.facts
    facts = {source: read_facts(data / "published", one) for source, one in stored.items()}
    wanted, found = figures_of(facts, release.catalogue), published(release)
    lines = [f"{key} is only in the {'naive' if key in wanted else 'published'} ones" for key in wanted.keys() ^ found]
    for key in wanted.keys() & found:
        naive, own = wanted[key], found[key]
        same_value = naive.value == own.value or (
            naive.value is not None and own.value is not None and math.isclose(naive.value, own.value, rel_tol=1e-12)
        )
        if not same_value or _rest(naive) != _rest(own):
            lines.append(f"{key}: naive {naive}, published {own}")
    return sorted(lines)


def _rest(figure: Published) -> tuple[object, ...]:
    return figure.start, figure.numerator, figure.denominator, figure.marker, figure.denominator_period


def test_the_tiny_world_is_published_as_plain_loops_publish_it(tiny: Release, tiny_data: Path) -> None:
    assert disagreements(tiny, tiny_data) == []
    assert len(published(tiny)) > 4000


@pytest.mark.proof
@pytest.mark.real_data
def test_the_whole_release_is_published_as_plain_loops_publish_it(release: Release) -> None:
    assert disagreements(release, DATA)[:20] == []
    assert len(published(release)) > 100_000


@pytest.mark.parametrize("condition", ["item like 'a%'", "item = 'a' or item = 'b'", "not agreed", "item ="])
def test_a_condition_that_the_loops_do_not_know_is_refused_and_not_passed_over(condition: str) -> None:
    with pytest.raises(ValueError, match="not a condition"):
        condition_of(condition)
