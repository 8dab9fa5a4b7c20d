"""Reviewed words of the report, from Markdown files: paragraphs and lists, and nothing else."""

import re
from pathlib import Path
from typing import Final

from vawg_metrics.outputs.report.blocks import Block, Points, Text

CONTENT: Final = Path(__file__).resolve().parents[3] / "content"
_LEAD: Final = re.compile(r"\*\*(.+?)\*\*:?\s*(.*)", re.S)


def reviewed(name: str, content: Path = CONTENT) -> tuple[Block, ...]:
    """The blocks of `content/NAME.md`."""
    blocks: list[Block] = []
    for paragraph in re.split(r"\n\s*\n", (content / f"{name}.md").read_text("utf-8").strip()):
        lines = [re.sub(r"\s+", " ", one).strip() for one in re.split(r"(?m)^\* ", paragraph)]
        if lines[0]:
            blocks.append(Text(_plain(lines[0])))
        if len(lines) > 1:
            blocks.append(Points(tuple(_point(one) for one in lines[1:])))
    return tuple(blocks)


def terms(name: str, content: Path = CONTENT) -> tuple[tuple[str, str], ...]:
    """The words that a list explains, each with what it means."""
    lists = [one for one in reviewed(name, content) if isinstance(one, Points)]
    return tuple((lead.rstrip(":"), f"{words[:1].upper()}{words[1:]}") for one in lists for lead, words in one.points)


def _point(line: str) -> tuple[str, str]:
    found = _LEAD.fullmatch(line)
    return (_plain(found[1]), _plain(found[2])) if found else ("", _plain(line))


def _plain(text: str) -> str:
    """Text without the marks of Markdown."""
    return re.sub(r"\*\*?|`", "", text)
