"""Text that no spreadsheet takes for a formula and no file format chokes on."""

import re
from typing import Final

# Signs that begin a formula in a spreadsheet, wide ones too, and control characters that may hide one.
_FORMULA: Final = re.compile("[=+\\-@＝＋－＠\x00-\x1f\x7f-\x9f]")
# What XML 1.0 cannot hold, with the control characters above it that no reader needs.
_UNBEARABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
REPLACED: Final = "\ufffd"


def harmless(cell: object) -> object:
    """A cell that no spreadsheet takes for a formula: text is quoted with an apostrophe, numbers stay numbers."""
    if isinstance(cell, str) and _FORMULA.match(cell):
        return f"'{cell}"
    return "" if cell is None else cell


def bearable(text: str) -> str:
    """Text without what XML cannot hold: each such character becomes the sign for one that is unknown."""
    return _UNBEARABLE.sub(REPLACED, text)
