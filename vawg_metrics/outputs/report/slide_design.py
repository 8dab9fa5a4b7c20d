"""The look of the slides: our own wide template, and the few ways in which words are set on it."""

from collections.abc import Sequence
from typing import Any, Final

import pptx
from pptx.dml.color import RGBColor
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.util import Inches, Pt

from vawg_metrics.outputs.safe_text import bearable
from vawg_metrics.wording import unbroken

WIDE, TALL = 13.333, 7.5  # inches: 16:9
EDGE: Final = 0.6
TOP: Final = 1.55
FONT: Final = "Arial"
INK, TEXT, CALM = RGBColor(0x12, 0x43, 0x6D), RGBColor(0x1A, 0x1A, 0x1A), RGBColor(0x3D, 0x3D, 0x3D)
TITLE_ONLY: Final = 5  # of the layouts that python-pptx brings
LETTER: Final = 0.52  # of the size, the width of an average letter
LEADING: Final = 1.2
BOLDER: Final = 1.12  # times as wide are bold letters


def new_deck() -> Any:  # noqa: ANN401
    """An empty deck of 16:9 with one layout: a title over a free slide."""
    deck = pptx.Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDE), Inches(TALL)
    layout = deck.slide_layouts[TITLE_ONLY]
    for other in [one for one in deck.slide_layouts if one != layout]:
        deck.slide_layouts.remove(other)
    for holder in (deck.slide_master, layout):
        for one in list(holder.placeholders):
            if one.placeholder_format.type is not None and one.placeholder_format.idx == 0:
                _lay_title(one)
            elif holder is layout:
                one._element.getparent().remove(one._element)
            else:
                one.left, one.width = Inches(EDGE), Inches(WIDE - 2 * EDGE)
    return deck


def _lay_title(title: Any) -> None:  # noqa: ANN401
    title.left, title.top = Inches(EDGE), Inches(0.35)
    title.width, title.height = Inches(WIDE - 2 * EDGE), Inches(TOP - 0.45)


def new_slide(deck: Any, title: str, notes: str, foot: str) -> Any:  # noqa: ANN401
    """A slide with its title, its speaker notes and what stands at its foot."""
    slide = deck.slides.add_slide(deck.slide_layouts[0])
    frame = slide.shapes.title.text_frame
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.vertical_anchor, frame.margin_left = MSO_ANCHOR.MIDDLE, 0
    size = fitting(title, (WIDE - 2 * EDGE) / BOLDER, TOP - 0.5, 30, 16)
    frame.paragraphs[0].alignment = PP_ALIGN.LEFT
    write(frame.paragraphs[0], title, size, bold=True, colour=INK)
    slide.notes_slide.notes_text_frame.text = clean(notes)
    put_words(slide, (foot,), (EDGE, TALL - 0.5, WIDE - 2 * EDGE, 0.35), 11, name="Foot", colour=CALM)
    return slide


def put_words(
    slide: Any,  # noqa: ANN401
    lines: Sequence[str],
    box: tuple[float, float, float, float],
    size: float,
    name: str = "Words",
    colour: RGBColor = TEXT,
    bold_first: bool = False,
    least: float = 0,
) -> None:
    """Paragraphs in a box of left, top, width and height (inches); smaller, down to `least`, where they do not fit."""
    left, top, width, height = box
    shape = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(width), Inches(height))
    shape.name = name
    frame = shape.text_frame
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    fitted = fitting("\n".join(lines), width, height, size, least or size)
    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(fitted * 0.45)
        write(paragraph, line, fitted, bold=bold_first and number == 0, colour=colour)


def write(paragraph: Any, words: str, size: float, bold: bool = False, colour: RGBColor = TEXT) -> None:  # noqa: ANN401
    """One run of words in the deck's type and language."""
    run = paragraph.add_run()
    run.text = clean(words)
    font = run.font
    font.name, font.size, font.bold, font.color.rgb = FONT, Pt(size), bold, colour
    font.language_id = MSO_LANGUAGE_ID.ENGLISH_UK


def fitting(words: str, width: float, height: float, most: float, least: float) -> float:
    """The largest size, in whole points, at which words fit a box; `least` where none does."""
    size = most
    while size > least and lines_at(words, width, size) * size * LEADING / 72 > height:
        size -= 1
    return size


def lines_at(words: str, width: float, size: float) -> float:
    """How many lines words take, with the space between paragraphs."""
    letters = max(1, int(width * 72 / (size * LETTER)))
    paragraphs = words.split("\n")
    return sum(max(1, -(-len(one) // letters)) for one in paragraphs) + 0.4 * (len(paragraphs) - 1)


def clean(words: str) -> str:
    """Words that the file can hold."""
    return unbroken(bearable(words))
