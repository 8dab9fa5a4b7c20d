"""Bars of 100 % on the screen."""

from typing import Any, Final

from vawg_metrics.charts.groups_plan import share_words
from vawg_metrics.charts.lettering import LINE, wrapped
from vawg_metrics.charts.palette import Colours, text_on
from vawg_metrics.charts.plan import StacksPlan
from vawg_metrics.charts.screen_house import house_layout, hover_text, marked_up, text_width

ROW: Final = 40  # pixels from one bar to the next
LEAST_SHARE: Final = 7  # of a hundred: a thinner part has no room for its number on any screen
LEAST_LETTERS: Final = 12  # pixels: a number that would be smaller to fit in its part is left out
PART_CHARACTERS: Final = 42
PERIOD_CHARACTERS: Final = 18
SIGN, HATCHED_SIGN = "■", "▨"


def stacks_figure(plan: StacksPlan, tone: Colours) -> dict[str, Any]:
    """Data and layout of bars of 100 %, with the groups listed above in their order in the bars."""
    names = [wrapped(stack.name, PERIOD_CHARACTERS) for stack in plan.stacks]
    parts = [wrapped(group, PART_CHARACTERS) for group in plan.groups]
    left = max(text_width(name) for name in names) + 12
    top = sum(len(lines) for lines in parts) * LINE + 12
    layout = house_layout(
        tone,
        len(names) * ROW + top + 8,
        {"l": left, "r": 12, "t": top, "b": 8},
        barmode="stack",
        uniformtext={"mode": "hide", "minsize": LEAST_LETTERS},
        annotations=_key(parts, left, tone),
        xaxis={"range": [0, 100], "visible": False, "fixedrange": True},
        yaxis={
            "range": [len(names) - 0.5, -0.5],
            "tickvals": list(range(len(names))),
            "ticktext": [marked_up(name) for name in names],
            "ticks": "", "ticklabelstandoff": 4, "showgrid": False, "zeroline": False, "fixedrange": True,
        },
    )  # fmt: skip
    return {"data": [_part(plan, number, tone) for number in range(len(parts))], "layout": layout}


def _key(parts: list[tuple[str, ...]], left: float, tone: Colours) -> list[dict[str, Any]]:
    """The groups above the bars, each after a square of its colour."""
    key, below = [], sum(len(lines) for lines in parts)
    for number, lines in enumerate(parts):
        below -= len(lines)
        sign = HATCHED_SIGN if number >= len(tone.parts) else SIGN
        square = f'<span style="color:{tone.parts[number % len(tone.parts)]}">{sign}</span> '
        key.append(
            {
                "text": square + "<br>   ".join(marked_up([line]) for line in lines),
                "x": 0, "xref": "paper", "xanchor": "left", "xshift": 4 - left,
                "y": 1, "yref": "paper", "yanchor": "bottom", "yshift": below * LINE + 4,
                "showarrow": False, "align": "left", "font": {"color": tone.text},
            }
        )  # fmt: skip
    return key


def _part(plan: StacksPlan, number: int, tone: Colours) -> dict[str, Any]:
    """One group in every bar; beyond six groups the colours come again, hatched."""
    colour = tone.parts[number % len(tone.parts)]
    again = number >= len(tone.parts)
    shares = [stack.shares[number] for stack in plan.stacks]
    return {
        "type": "bar",
        "orientation": "h",
        "name": plan.groups[number],
        "x": shares,
        "y": list(range(len(shares))),
        "width": 0.7,
        "marker": {
            "color": colour,
            "line": {"color": tone.page, "width": 2},
            "pattern": {"shape": "/" if again else "", "fgcolor": tone.page, "bgcolor": colour, "size": 7},
        },
        "text": ["" if share < LEAST_SHARE or again else share_words(share) for share in shares],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "inside",
        "textfont": {"color": text_on(colour)},
        "hovertext": [hover_text(stack.hovers[number]) for stack in plan.stacks],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
