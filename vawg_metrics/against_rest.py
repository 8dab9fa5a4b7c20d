"""What may be said of a place beside the rest of LLR: the published label, where a test of the two counts agrees."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.figure import Figure
from vawg_metrics.methods.change import rate_ratio
from vawg_metrics.methods.funnel import HIGH_95, HIGH_998, LOW_95, LOW_998, SIMILAR
from vawg_metrics.methods.intervals import newcombe

LEVELS: Final = {HIGH_998: 0.998, LOW_998: 0.998, HIGH_95: 0.95, LOW_95: 0.95}
_WEAKER: Final = {HIGH_998: HIGH_95, LOW_998: LOW_95}


@dataclass(frozen=True, slots=True)
class Claim:
    """What may be said (one of FUNNEL_LABELS), and the test of the two counts: a ratio, or a difference of shares.

    `estimate`, `lower` and `upper` are at `confidence`; shares in percentage points.
    """

    label: str
    estimate: float
    lower: float
    upper: float
    confidence: float
    method: str


@lru_cache(maxsize=5000)  # asked again by every table, sentence and cell that names the same figure
def claim_beside_rest(indicator: Indicator, figure: Figure) -> Claim | None:
    """The claim that a place's figure allows; None where it is not compared.

    The published label takes the value of the rest as exactly known, which holds for a small place beside a large
    rest and not for Leicester or the county. So higher or lower is said only where the test of both counts excludes
    chance at the same level, and at the weaker level where it does so only there.
    """
    compared = figure.compared
    if compared is None:
        return None
    label = compared.label
    claim = _tested(indicator, figure, label)
    while label in LEVELS and claim.lower <= _nothing(indicator) <= claim.upper:
        label = _WEAKER.get(label, SIMILAR)
        claim = _tested(indicator, figure, label)
    return claim


def _nothing(indicator: Indicator) -> float:
    return 0.0 if indicator.limits_by == "wilson" else 1.0


def _tested(indicator: Indicator, figure: Figure, label: str) -> Claim:
    compared, confidence = figure.compared, LEVELS.get(label, 0.95)
    assert compared is not None and figure.numerator is not None and figure.denominator is not None
    rest = (compared.rest_numerator, compared.rest_denominator)
    if indicator.limits_by == "wilson":
        found = newcombe(figure.numerator, figure.denominator, *rest, confidence)
        estimate, lower, upper = (float(one) * 100 for one in (found.estimate, found.lower, found.upper))
        return Claim(label, estimate, lower, upper, confidence, str(found.method))
    ratio = rate_ratio(rest[0], figure.numerator, rest[1], figure.denominator, confidence)
    estimate, lower, upper = (float(one) for one in (ratio.ratio, ratio.lower, ratio.upper))
    return Claim(label, estimate, lower, upper, confidence, ratio.method)
