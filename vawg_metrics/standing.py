"""How far the measures reach: held into the strategy, stopped before it, or awaited from partners."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.reading import Release

Standing = Literal["held", "history", "awaited"]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Counts of measures by how far they reach."""

    held: int
    history: int
    awaited: int

    @property
    def measures(self) -> int:
        return self.held + self.history + self.awaited


def standing_of(release: Release, indicator: Indicator) -> Standing:
    """Whether a measure reaches into the strategy's years, stopped before them, or is awaited."""
    if not release.holds(indicator):
        return "awaited"
    newest = release.reaches[indicator.id].newest
    return "held" if newest == "" or newest >= release.catalogue.strategy.starts else "history"


def coverage_of(release: Release, indicators: Iterable[Indicator]) -> Coverage:
    """How many of these measures are held, history or awaited."""
    standings = [standing_of(release, one) for one in indicators]
    return Coverage(standings.count("held"), standings.count("history"), standings.count("awaited"))
