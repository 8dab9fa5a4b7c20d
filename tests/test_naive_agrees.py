"""Every published figure is also what plain loops over the facts make of the definitions."""

import math

import pytest

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


def facts_of(release: Release) -> dict[str, dict]:
    """Every fact of a release with the files it came from, by source."""
    return {source: read_facts(release.folder, stored) for source, stored in release.manifest.facts.items()}


def disagreements(release: Release) -> list[str]:
    """The figures that are published otherwise, or by one side alone."""
    wanted, found = figures_of(facts_of(release), release.catalogue), published(release)
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


def test_the_tiny_world_is_published_as_plain_loops_publish_it(tiny: Release) -> None:
    assert disagreements(tiny) == []
    assert len(published(tiny)) > 4000


@pytest.mark.proof
@pytest.mark.real_data
def test_the_whole_release_is_published_as_plain_loops_publish_it(release: Release) -> None:
    assert disagreements(release)[:20] == []
    assert len(published(release)) > 100_000


@pytest.mark.parametrize("condition", ["item like 'a%'", "item = 'a' or item = 'b'", "not agreed", "item ="])
def test_a_condition_that_the_loops_do_not_know_is_refused_and_not_passed_over(condition: str) -> None:
    with pytest.raises(ValueError, match="not a condition"):
        condition_of(condition)
