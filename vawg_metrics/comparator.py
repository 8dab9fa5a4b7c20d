"""What a headline stands beside, in a line: the rest of LLR and the nation or region, or why there is none."""

from typing import Final

from vawg_metrics.against_rest import claim_beside_rest
from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.comparison import compare
from vawg_metrics.methods.funnel import HIGH_95, HIGH_998, LOW_95, LOW_998
from vawg_metrics.reading import Figure, Reading, Release
from vawg_metrics.selection import Selection
from vawg_metrics.statements import rest_words, small_point
from vawg_metrics.wording import listed, value_words

NATIONS: Final = ("nation", "region")
BESIDE_REST: Final = {
    HIGH_998: "Higher than",
    HIGH_95: "Perhaps higher than",
    LOW_998: "Lower than",
    LOW_95: "Perhaps lower than",
}


def comparator_words(release: Release, reading: Reading, selection: Selection) -> str:
    """The rest of LLR for a place in it, and the nation or region at the same period; or why there is none."""
    headline = reading.headline
    if headline is None or headline.period is None:
        return "Nothing is compared."
    if reading.indicator.denominator is None:
        return "No comparison: counts of places of different size are not compared."
    rest = _beside_rest(reading.indicator, headline)
    if wider := wider_words(release, reading, selection):
        return f"{rest}{wider}, same period."
    beside = [one for one in compare(release, reading.indicator, selection).beside if one.area.kind in NATIONS]
    reason = beside[0].reason if beside else "no figure is published here"
    return f"{rest}No comparison with a nation: {reason}."


def wider_words(release: Release, reading: Reading, selection: Selection) -> str:
    """The figures of the nation and the region at the headline's period; '' where none is held or may be compared."""
    headline = reading.headline
    if headline is None or headline.period is None or reading.indicator.denominator is None:
        return ""
    beside = [one for one in compare(release, reading.indicator, selection).beside if one.area.kind in NATIONS]
    held = [f"{one.area.name} {value_words(reading.indicator, one.figure.value)}" for one in beside if one.figure]
    return listed(held) if held else ""


def _beside_rest(indicator: Indicator, headline: Figure) -> str:
    """How a place stands beside the rest of LLR, where a test tells; '' where nothing is compared."""
    claim = claim_beside_rest(indicator, headline)
    if claim is None or headline.compared is None or small_point(headline):
        return ""
    rest = f"{rest_words(indicator, headline.area)} ({value_words(indicator, headline.compared.rest_value)})"
    return f"{BESIDE_REST.get(claim.label, 'Not to be told from')} {rest}. "
