"""Plans drawn for paper with Matplotlib, as SVG or PNG: light, and legible in greyscale.

The same plan gives the same bytes: no clock, no random name, and the letters are drawn as shapes, so that they look
the same where the font is missing.
"""

import io
from collections.abc import Mapping
from dataclasses import replace
from threading import Lock
from typing import Any, Final
from xml.sax.saxutils import escape

import matplotlib
from matplotlib.transforms import Bbox

from vawg_metrics.charts.paper_bars import draw_bars, draw_stacks
from vawg_metrics.charts.paper_changes import draw_changes
from vawg_metrics.charts.paper_map import draw_map
from vawg_metrics.charts.paper_multiples import draw_multiples
from vawg_metrics.charts.paper_sheet import DPI, EDGE, FAMILY, WIDTH, Sheet, paragraph
from vawg_metrics.charts.paper_trend import draw_trend
from vawg_metrics.charts.plan import BarsPlan, MapPlan, Plan, StacksPlan, TrendPlan
from vawg_metrics.charts.plan_places import ChangesPlan, MultiplesPlan

matplotlib.rcParams.update(
    {
        "font.family": FAMILY,
        "hatch.linewidth": 0.7,
        "svg.fonttype": "path",
        "svg.hashsalt": "vawg_metrics",
        "text.parse_math": False,
    }
)
CLOSE: Final = 0.21  # inches of a row of bars among words
_ONE_AT_A_TIME: Final = Lock()  # Matplotlib shares its fonts and settings among threads


def draw_svg(plan: Plan, boundaries: Mapping[str, Any] | None = None) -> bytes:
    """A plan as SVG with a title and a description for those who do not see it; a map needs the boundaries."""
    written = _written(plan, boundaries, "svg", {"Date": None, "Creator": None, "Title": plan.title}).decode("utf-8")
    described = f'</title>\n <desc id="desc">{escape(_description(plan))}</desc>'
    written = written.replace("</title>", described, 1).replace("<title>", '<title id="title">', 1)
    return written.replace("<svg ", '<svg role="img" aria-labelledby="title desc" ', 1).encode("utf-8")


def draw_inset(plan: Plan, tall: float) -> bytes:
    """The drawing of a plan alone as SVG, to be set among words: a trend `tall` inches high, bars close together."""
    content = io.BytesIO()
    plan = replace(plan, title="", subtitle="", notes=(), cautions=(), footer=())
    with _ONE_AT_A_TIME:
        if isinstance(plan, TrendPlan):
            sheet = draw_trend(plan, tall)
        else:
            sheet = draw_bars(plan, CLOSE) if isinstance(plan, BarsPlan) else _drawn(plan, None)
        inside = Bbox([[EDGE / 2, EDGE], [WIDTH - EDGE / 2, sheet.height - EDGE]])
        sheet.figure.savefig(
            content, format="svg", dpi=DPI, bbox_inches=inside, metadata={"Date": None, "Creator": None}
        )
    return content.getvalue()


def draw_png(plan: Plan, boundaries: Mapping[str, Any] | None = None) -> bytes:
    """A plan as PNG, 1,600 pixels wide, its title and description inside; a map needs the boundaries."""
    return _written(plan, boundaries, "png", {"Software": None, "Title": plan.title, "Description": _description(plan)})


def _description(plan: Plan) -> str:
    return " ".join(part for part in (plan.empty, plan.alternative, *plan.footer) if part)


def _written(plan: Plan, boundaries: Mapping[str, Any] | None, form: str, metadata: dict[str, str | None]) -> bytes:
    content = io.BytesIO()
    with _ONE_AT_A_TIME:
        _drawn(plan, boundaries).figure.savefig(content, format=form, dpi=DPI, metadata=metadata)
    return content.getvalue()


def _drawn(plan: Plan, boundaries: Mapping[str, Any] | None) -> Sheet:
    if isinstance(plan, TrendPlan):
        return draw_trend(plan)
    if isinstance(plan, BarsPlan):
        return draw_bars(plan)
    if isinstance(plan, StacksPlan):
        return draw_stacks(plan)
    if isinstance(plan, MultiplesPlan):
        return draw_multiples(plan)
    if isinstance(plan, ChangesPlan):
        return draw_changes(plan)
    if isinstance(plan, MapPlan):
        if boundaries is None:
            raise ValueError("a map cannot be drawn without the boundaries of the districts")
        return draw_map(plan, boundaries)
    why = paragraph(plan.empty, 11)
    sheet = Sheet(plan, why.height)
    sheet.write_lines(why.lines, 0.3, why.height / 2 / max(1, len(why.lines)), 11)
    return sheet
