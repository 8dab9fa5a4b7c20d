"""How the sheets of a return look on screen and on paper: letters, lines, heights, page and header."""

from datetime import datetime
from math import ceil
from typing import Any, Final

from vawg_metrics.catalogue.returned import Partner
from vawg_metrics.periods import quarter_named, quarter_words

NO_CLOCK: Final = datetime(1980, 1, 1)  # the same template, the same bytes
OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
LINE: Final = 16.5  # points of one line of letters of 12
MOST_LINES: Final = 24
FONT: Final = {"font_name": "Arial", "font_size": 12}
_LETTER: Final = 1.02  # letters of 12 are hardly wider than the digits that columns are measured in
_MOST_OF_A_HEADER: Final = 200


class Formats:
    """The formats of one workbook. Meaning never rests on colour: boxes to fill have borders, grey is slanted."""

    def __init__(self, book: Any) -> None:  # noqa: ANN401
        wrapped = {**FONT, "text_wrap": True, "valign": "top"}
        above = {"top": 2}
        grey = {**wrapped, "italic": True, "font_color": "#595959", "bg_color": "#EDEDED", "align": "right"}
        box = {**wrapped, "border": 1, "locked": False, "font_size": 14, "valign": "vcenter"}
        self.title = book.add_format({**FONT, "bold": True, "font_size": 16})
        self.strong = book.add_format({**FONT, "bold": True, "valign": "top"})
        self.plain = book.add_format({**FONT, "valign": "top"})
        self.running = book.add_format({**FONT, "italic": True, "valign": "top"})
        self.head = book.add_format({**wrapped, "bold": True, "bottom": 2, "bg_color": "#EDEDED"})
        self.section = book.add_format({**wrapped, "bold": True, "font_size": 14})
        self.words = book.add_format(wrapped)
        self.centred = book.add_format({**wrapped, "bold": True, "align": "center", "border": 1})
        self._first = tuple(book.add_format({**one, **above}) for one in (wrapped, grey, box))
        self._next = tuple(book.add_format(one) for one in (wrapped, grey, box))

    def of_row(self, starts: bool) -> Any:  # noqa: ANN401
        """The formats of words, of last quarter's value and of a box to fill; a line above where a measure starts."""
        return self._first if starts else self._next


def height(words: str, width: float, line: float = LINE) -> float:
    """The height of a row whose words are wrapped in a column of this width."""
    characters = max(1.0, width / _LETTER - 1)
    lines = sum(max(1, ceil(len(part) / characters)) for part in words.split("\n"))
    return line * min(MOST_LINES, lines)


def lay_out(sheet: Any, partner: Partner, quarter: str, upright: bool = False) -> None:  # noqa: ANN401
    """A4, as wide as the page; the partner and the quarter in full above each page, its number below."""
    if not upright:
        sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
    words = quarter_words(quarter_named(quarter))
    name = partner.name.replace("&", "&&")[:_MOST_OF_A_HEADER]
    sheet.set_header(f"&L&11{name}&R&11 {words}")
    sheet.set_footer("&L&10&A&R&10Page &P of &N")
