"""What the charts of all places show: small charts on one scale, and changes around the line of no change."""

from dataclasses import dataclass

from vawg_metrics.charts.plan import Band, Line, Mark, Plan, Role, Scale, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class MultiplesPlan(Plan):
    """Small charts of one measure, a place each, in fixed order on one scale and one span of time.

    `panels` holds a place's lines (several where a break parts them), `behind` are the lines of the whole, drawn calm
    behind each; `empty_panels` says by name why a place has no line.
    """

    scale: Scale
    span: Span
    panels: tuple[tuple[str, tuple[Line, ...]], ...]
    behind: tuple[Line, ...] = ()
    behind_name: str = ""
    empty_panels: tuple[tuple[str, str], ...] = ()
    marks: tuple[Mark, ...] = ()
    band: Band | None = None


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A place's change with its 95 % limits, in the unit of the scale; None with a text that says why there is none.

    `told` is whether the test tells it from chance; ends beyond the scale are cut there and drawn as arrows.
    """

    name: str
    estimate: float | None
    low: float | None
    high: float | None
    text: str
    hover: str
    role: Role = "plain"
    style: int = 0
    told: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesPlan(Plan):
    """Changes between two periods, a place a row in fixed order, around the line of no change at zero."""

    scale: Scale
    rows: tuple[ChangeRow, ...]
