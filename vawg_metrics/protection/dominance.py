"""Where one supplier gives most of a count that several supply: published for larger places, or not at all."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from vawg_metrics.areas import DISTRICTS, LLR, UPPER_TIERS
from vawg_metrics.catalogue.definitions import Catalogue
from vawg_metrics.disclosure.rules import dominated
from vawg_metrics.protection.gathering import Gathered, Place

TIERS: Final = frozenset(area.code for area in UPPER_TIERS)
WHOLE: Final = frozenset({LLR.code})
SMALLEST: Final = frozenset(area.code for area in DISTRICTS)


def merge_dominated(catalogue: Catalogue, one: Gathered) -> Gathered:
    """A line without what a supplier could read another's count from: totals and groups each go to larger places.

    A supplier that agreed to be seen (`consents` in the register) is not asked again. What goes is marked protected.
    """
    if not one.line.rounded:
        return one
    agreed = {partner.id for partner in catalogue.partners if partner.consents}
    totals = _finest(one, [place for place in one.counts if place[0] == ""], agreed)
    reached = {area for _, area in totals}
    groups = _finest(one, [place for place in one.counts if place[0] and place[1] in reached], agreed)
    kept = totals | groups
    gone = {place: "protected" for place in one.counts if place not in kept}
    counts = {place: count for place, count in one.counts.items() if place in kept}
    return replace(one, counts=counts, unknown={**one.unknown, **gone})


def _finest(one: Gathered, places: list[Place], agreed: set[str]) -> set[Place]:
    """Of some places, those of the finest level at which no supplier gives most of any."""
    for kept in _levels(one):
        found = {place for place in places if place[1] in kept}
        if not any(_seen_through(one.shares, place, agreed) for place in found):
            return found
    return set()


def _levels(one: Gathered) -> tuple[frozenset[str], ...]:
    """The sets of places that may be published together, the finest first: every place, the upper tiers, LLR."""
    every = frozenset(one.areas)
    if one.indicator.places == "district":
        unplaced = every - SMALLEST - TIERS - WHOLE
        return every, (TIERS | unplaced | WHOLE) & every, WHOLE
    return (every, WHOLE) if one.indicator.places == "upper" else (WHOLE,)


def _seen_through(shares: Mapping[Place, Mapping[str, int]], place: Place, agreed: set[str]) -> bool:
    supplier = dominated(shares.get(place, {}))
    return bool(supplier) and supplier not in agreed
