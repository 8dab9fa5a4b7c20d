"""The colours and signs of every chart: the same order on a light page, on a dark one and on paper.

Government Analysis Function colours where they reach 3:1 against the page; on a dark page dark blue and dark pink
give way to lighter ones of the same hue. Dash and marker repeat what colour says, for greyscale.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

Dash = Literal["solid", "dash", "dot", "dashdot"]
Sign = Literal["circle", "diamond", "square", "triangle"]
Shape = Literal["diamond", "square", "hexagon"]
DASHES: Final[tuple[Dash, ...]] = ("solid", "dash", "dot", "dashdot")
SIGNS: Final[tuple[Sign, ...]] = ("circle", "diamond", "square", "triangle")
SIGNAL_SHAPES: Final[dict[str, Shape]] = {"concern": "diamond", "improvement": "square", "changed": "hexagon"}
VEIL: Final = 0.13  # opaque: marks are seen through it, and grey points keep 3:1 on it
GLYPHS: Final = {"circle": "●", "diamond": "◆", "square": "■", "triangle": "▲"}


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of one kind of page. `chosen` are the areas asked for, first to fourth; greys are the rest.

    `signals` fill unusual points by meaning, edged with `mark`. The usual range is `axis` in `VEIL`.
    """

    page: str
    text: str
    grid: str
    axis: str
    mark: str
    band: str
    border: str
    plain: str
    whole: str
    unknown: str
    chosen: tuple[str, str, str, str]
    parts: tuple[str, ...]
    steps: tuple[str, str, str, str, str]
    signals: Mapping[str, str]


LIGHT: Final = Colours(
    page="#FFFFFF",
    text="#1A1A1A",
    grid="#DDE1E5",
    axis="#6B7680",
    mark="#3D3D3D",
    band="#9AA4AE",
    border="#6B7680",
    plain="#8A8A8A",
    whole="#3D3D3D",
    unknown="#FFFFFF",
    chosen=("#12436D", "#28A197", "#801650", "#F46A25"),
    parts=("#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D", "#A285D1"),
    steps=("#E3EEF7", "#B3D0E8", "#7FB0D8", "#3F7FB5", "#12436D"),
    signals={"concern": "#F46A25", "improvement": "#12436D", "changed": "#A285D1"},
)
DARK: Final = Colours(
    page="#14181D",
    text="#F2F2F2",
    grid="#363E47",
    axis="#8A96A3",
    mark="#C9CED4",
    band="#6B7680",
    border="#8A96A3",
    plain="#8A8A8A",
    whole="#C9CED4",
    unknown="#14181D",
    chosen=("#7FB2E5", "#28A197", "#D9659F", "#F46A25"),
    parts=("#7FB2E5", "#28A197", "#D9659F", "#F46A25", "#C9CED4", "#A285D1"),
    steps=("#1E3A57", "#2F5F8C", "#4E8BC0", "#86B6E0", "#CFE3F6"),
    signals={"concern": "#F46A25", "improvement": "#7FB2E5", "changed": "#A285D1"},
)


def colours(dark: bool) -> Colours:
    """The colours for a dark or a light page."""
    return DARK if dark else LIGHT


def text_on(colour: str) -> str:
    """Black or white, whichever reads better on a colour; always over 4.5:1."""
    return "#000000" if luminance(colour) > 0.179 else "#FFFFFF"


def luminance(colour: str) -> float:
    """Relative luminance of a colour written #RRGGBB, 0 to 1 (WCAG 2.2)."""
    shares = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)
