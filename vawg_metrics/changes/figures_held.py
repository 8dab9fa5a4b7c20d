"""The figures of one measure in one edition, by place and period, and which of its periods are known."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from vawg_metrics.areas import HOME
from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.figure import Figure
from vawg_metrics.periods import Period
from vawg_metrics.publication import grains_of
from vawg_metrics.release import Release, select_figures

Key = tuple[str, str, str, str, str]  # code of the place, grain, last month, breakdown, group
OWN: Final = frozenset(area.code for area in HOME)
BESIDE_KINDS: Final = ("force", "region", "nation")  # never other councils: of those a frozen edition has few


@dataclass(frozen=True)
class Held:
    """The figures of one measure in one edition, of LLR's own places and of those beside it."""

    indicator: Indicator
    figures: dict[Key, Figure]

    @cached_property
    def grain(self) -> str:
        """The period that the measure is published by."""
        return grains_of(self.indicator)[0] if self.indicator.collected else ""

    @cached_property
    def periods(self) -> frozenset[Period]:
        """The periods, as published, for which any place's total is known."""
        native = (one for one in self.figures.values() if one.grain == self.grain and not one.breakdown)
        return frozenset(one.period for one in native if one.period and told(one))

    @cached_property
    def known(self) -> bool:
        """Whether any of its figures is known."""
        return any(told(one) for one in self.figures.values())


def held_in(release: Release) -> dict[str, Held]:
    """Every measure of an edition by its id, whether it has figures or not."""
    codes = tuple(code for code, area in release.places.items() if code in OWN or area.kind in BESIDE_KINDS)
    return {one.id: Held(one, _figures(release, one, codes)) for one in release.catalogue.indicators}


def _figures(release: Release, indicator: Indicator, codes: tuple[str, ...]) -> dict[Key, Figure]:
    if not release.holds(indicator):
        return {}
    return {key_of(one): one for one in select_figures(release, indicator.id, codes, "", breakdown=True)}


def key_of(figure: Figure) -> Key:
    """What tells a figure of a measure apart from its others."""
    end = figure.period.end if figure.period else ""
    return figure.area.code, figure.grain, end, figure.breakdown, figure.group


def told(figure: Figure) -> bool:
    """Whether a figure has a number."""
    return figure.numerator is not None or figure.value is not None
