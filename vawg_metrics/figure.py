"""Figures: one published cell each, with the limits, the comparison and the verdict that were published with it."""

from dataclasses import dataclass
from typing import Final

from vawg_metrics.areas import Area
from vawg_metrics.periods import Period

SMALL: Final = 5


@dataclass(frozen=True, slots=True)
class Compared:
    """A place against the rest of LLR: one of FUNNEL_LABELS, the rest's counts and value, the place's 99.8 % limits."""

    label: str
    rest_numerator: int
    rest_denominator: int
    rest_value: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class Usual:
    """A point on its control chart: centre and limits of its stretch of `points` periods, and the rule it breaks.

    For a rate or a count they are in counts, for a share in per cent. `rule` is '' and `side` 0 where nothing is
    unusual; `note` says on how few points the limits rest, or why there is no chart: then centre and limits are None.
    """

    centre: float | None
    lower: float | None
    upper: float | None
    points: int
    rule: str
    side: int
    note: str

    @property
    def signal(self) -> str:
        """The rule that the point breaks and its side: `beyond a limit, above`; '' where nothing is unusual."""
        return f"{self.rule}, {'above' if self.side > 0 else 'below'}" if self.rule else ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One published cell. `period` is None only for a measure of the edition itself.

    `value` is the rate, share or count that the measure shows, unrounded; None with a marker or a note when it
    is unknown. `note` says in words why a cell is as it is; `denominator_period` is the calendar year whose
    estimate was carried to this period. `lower` and `upper` are its 95 % limits by `method`, in its unit.
    `within` and `denominator_within` are how far the true counts may lie from those given: 0 where they are exact.
    """

    indicator: str
    area: Area
    grain: str
    period: Period | None
    breakdown: str
    group: str
    numerator: int | None
    denominator: int | None
    value: float | None
    marker: str
    note: str
    denominator_period: str
    lower: float | None = None
    upper: float | None = None
    method: str = ""
    within: int = 0
    denominator_within: int = 0
    compared: Compared | None = None
    usual: Usual | None = None

    @property
    def known(self) -> bool:
        return self.numerator is not None

    @property
    def settled(self) -> bool:
        """Whether it is a whole, known figure, provisional or not."""
        return self.known and self.marker in ("", "revised", "provisional")

    @property
    def small_quarter(self) -> bool:
        """A district's quarter under 5: kept in tables and files, never spoken of."""
        return self.grain == "quarter" and self.area.kind == "district" and (self.numerator or 0) < SMALL

    def measured(self, measure: str) -> float | None:
        """What a chart draws: the value, or the count behind it."""
        return self.numerator if measure == "count" else self.value
