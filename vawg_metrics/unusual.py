"""What is unusual in the newest month held: every series judged at once, and how many chance alone would flag."""

from dataclasses import dataclass
from typing import Final

from vawg_metrics.periods import month_text
from vawg_metrics.publication.variation import Board, Panel, judge_board
from vawg_metrics.release import Release


@dataclass(frozen=True, slots=True)
class Unusual:
    """The board of the newest month, `YYYY-MM`, and the measures whose series end before it, by id."""

    month: str
    board: Board
    earlier: tuple[str, ...]


def unusual_in(release: Release) -> Unusual:
    """The series that reach the newest month held, judged together; '' for a month where no series is judged."""
    panels = [Panel(*row) for row in release.warehouse.rows(_PANELS)]
    newest = max((one.period_end for one in panels), default=0)
    held = [one for one in panels if one.period_end == newest]
    earlier = sorted({one.indicator for one in panels if one.period_end < newest} - {one.indicator for one in held})
    return Unusual(month_text(newest) if newest else "", judge_board(held), tuple(earlier))


# A district's quarter under 5 is never spoken of, and so its series is not on the board.
_PANELS: Final = """
select indicator, area, grain, period_end, points, mean, p, chance, rule, side from panel
where not exists (
    select 1 from figure join area on code = figure.area
    where figure.indicator = panel.indicator and figure.area = panel.area and figure.grain = panel.grain
        and figure.period_end = panel.period_end and breakdown = '' and numerator < 5 and kind = 'district'
        and panel.grain = 'quarter'
)
order by indicator, area
"""
