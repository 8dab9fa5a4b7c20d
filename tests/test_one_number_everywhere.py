"""Every figure is the same number on the screen, in each file, in the command's output and in the chart's own data."""

import pytest

from tests.everywhere import asked_for, differences
from vawg_metrics.catalogue.load import load_catalogue
from vawg_metrics.reading import Release

pytestmark = pytest.mark.real_data
HELD = [one.id for one in load_catalogue().indicators if one.public]


@pytest.mark.parametrize("id_", HELD)
def test_a_measure_is_one_number_everywhere(release: Release, id_: str) -> None:
    indicator = release.catalogue.indicator(id_)
    choices = list(asked_for(release, indicator))
    area, grain = choices[HELD.index(id_) % len(choices)]  # another place and grain for each measure
    assert differences(release, indicator, area, grain) == []


@pytest.mark.proof
def test_every_measure_place_and_grain_is_one_number_everywhere(release: Release) -> None:
    measures = [one for one in release.catalogue.indicators if one.public]
    choices = [(one, area, grain) for one in measures for area, grain in asked_for(release, one)]
    assert len(choices) > 400
    assert [told for one in choices for told in differences(release, *one)] == []
