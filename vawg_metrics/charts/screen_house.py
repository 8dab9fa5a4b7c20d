"""The one house layout of charts on the screen, and how words become Plotly's marked-up text."""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any, Final

from vawg_metrics.charts.lettering import CHARACTER, LINE, wrapped
from vawg_metrics.charts.palette import Colours
from vawg_metrics.charts.plan import Line

FONT: Final = "'Source Sans', 'Source Sans Pro', 'Noto Sans', Arial, sans-serif"
FONT_SIZE: Final = 14
UNIT_CHARACTERS: Final = 42
HOVER_CHARACTERS: Final = 44
CLEAR: Final = "rgba(0,0,0,0)"
NO_TEMPLATE: Final = "none"


def house_layout(tone: Colours, height: float, margin: Mapping[str, float], **more: object) -> dict[str, Any]:
    """A layout without template, background, legend or dragging; texts in the page's own colour, 14 px."""
    return {
        "template": NO_TEMPLATE,
        "height": round(height),
        "autosize": True,
        "margin": {"pad": 0, **margin},
        "font": {"family": FONT, "size": FONT_SIZE, "color": tone.text},
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "modebar": {"bgcolor": CLEAR, "color": tone.axis, "activecolor": tone.text},
        "hoverlabel": {
            "align": "left",
            "bgcolor": tone.page,
            "bordercolor": tone.axis,
            "font": {"family": FONT, "size": FONT_SIZE, "color": tone.text},
        },
        **more,
    }


def text_width(lines: Iterable[str]) -> float:
    """The room in pixels that the longest of some lines needs."""
    return max((len(line) for line in lines), default=0) * CHARACTER


def marked_up(lines: Iterable[str]) -> str:
    """Lines as Plotly text: what a name or a note holds is never taken for markup."""
    return "<br>".join(escape(line, quote=False) for line in lines)


def hover_text(words: str) -> str:
    """A sentence broken into lines that fit a phone."""
    return marked_up(wrapped(words, HOVER_CHARACTERS))


def unit_annotation(words: str, tone: Colours, left: float, lift: float) -> dict[str, Any]:
    """The unit, lying above the axis of values: horizontal text, never along the axis."""
    return {
        "text": marked_up(wrapped(words, UNIT_CHARACTERS)),
        "x": 0, "xref": "paper", "xanchor": "left", "xshift": 4 - left,
        "y": 1, "yref": "paper", "yanchor": "bottom", "yshift": lift,
        "showarrow": False, "align": "left", "font": {"color": tone.text},
    }  # fmt: skip


def unit_height(words: str) -> float:
    """The room in pixels that the unit needs above the chart."""
    return len(wrapped(words, UNIT_CHARACTERS)) * LINE if words else 0


def joined(line: Line) -> dict[str, Any]:
    """What every line over time has: its points in order, its gaps open, its sentences at the points."""
    return {
        "type": "scatter",
        "name": line.name,
        "x": [point.place for point in line.points],
        "y": line.joined,
        "mode": "lines+markers",
        "connectgaps": False,
        "cliponaxis": False,
        "text": [hover_text(point.text) for point in line.points],
        "hovertemplate": "%{text}<extra></extra>",
    }
