"""Every reader, and which of them takes a file."""

from typing import Final

from vawg_metrics.sources import (
    boundaries,
    children,
    geography,
    home_office,
    homelessness,
    ons_crime,
    ons_forces,
    police_uk,
    population,
    prosecutions,
)
from vawg_metrics.sources.contract import Reader
from vawg_metrics.sources.incoming import Incoming

READERS: Final[tuple[Reader, ...]] = (
    *police_uk.READERS,
    *ons_crime.READERS,
    *ons_forces.READERS,
    *home_office.READERS,
    *homelessness.READERS,
    *children.READERS,
    *prosecutions.READERS,
    *population.READERS,
    *geography.READERS,
    *boundaries.READERS,
)
LIKE_ENOUGH: Final = 0.6


def reader_for(incoming: Incoming) -> Reader | None:
    """The reader whose layout a file is likest, or None when it is like none."""
    scored = [(reader.likeness(incoming), number, reader) for number, reader in enumerate(READERS)]
    score, _, reader = max(scored, key=lambda one: (one[0], -one[1]))
    return reader if score >= LIKE_ENOUGH else None
