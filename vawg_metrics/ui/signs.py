"""The signs of signals: a shape for each meaning, drawn as an image, for st.html takes every <svg> out of a page."""

from typing import Final
from urllib.parse import quote

SHAPES: Final = {
    "concern": "M8 1 15 8 8 15 1 8Z",
    "improvement": "M2 2H14V14H2Z",
    "changed": "M4.5 2H11.5L15 8 11.5 14H4.5L1 8Z",
    "": "M8 5A3 3 0 1 1 7.9 5Z",
}
NAMES: Final = {"concern": "Diamond", "improvement": "Square", "changed": "Hexagon", "": "Small circle"}
MEANINGS: Final = {
    "concern": "unusual, of concern",
    "improvement": "unusual, an improvement",
    "changed": "changed, no direction",
    "": "within the usual range",
}
KEY: Final = " ".join(f"{NAMES[sign]}: {words}." for sign, words in MEANINGS.items())
FILLS: Final = {"concern": "#F46A25", "improvement": "#5694CA", "changed": "#A285D1", "": "none"}
EDGE: Final = "#6B7680"  # 3:1 on a light page and on a dark one


def sign(meaning: str) -> str:
    """The sign of a meaning, '' being usual: an image without words, for the words stand beside it."""
    drawn = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">'
        f'<path d="{SHAPES[meaning]}" fill="{FILLS[meaning]}" stroke="{EDGE}" stroke-width="1.4"/></svg>'
    )
    return f'<img class="sign" alt="" src="data:image/svg+xml,{quote(drawn)}">'
