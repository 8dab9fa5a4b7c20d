"""The README of a folder of figures: what it is, its edition, its files, how gaps are written, the licence."""

from collections.abc import Iterable

from vawg_metrics.charts.credit import LICENCE, MAP_CREDIT, PROPOSED
from vawg_metrics.outputs.data_package import OGL
from vawg_metrics.outputs.shorthand import MARKERS

Pairs = Iterable[tuple[str, str]]


def read_me(
    title: str, edition: str, files: Pairs, sources: Iterable[str], on_map: bool = False, shown: Iterable[str] = ()
) -> str:
    """The README; its headings are Markdown, which reads well as plain text too. `shown` is what was chosen."""
    return "\n".join(
        (
            f"# {title}",
            "",
            f"Edition {edition}. {PROPOSED}",
            "The edition names the data and the definitions that every figure here was computed from.",
            *(("", *(f"Shown: {words}" for words in shown)) if shown else ()),
            *_part("Files", (f"{name}: {words}" for name, words in files)),
            "",
            "datapackage.json is a Frictionless Data Package (v1): it gives the type and the meaning of every column.",
            "Tables are CSV in UTF-8, separated by commas, one header row, full stop for decimals.",
            *_part("How numbers are written", GAPS),
            *_part("Sources", sources),
            *_part("Licence", (f"{LICENCE}: {OGL['path']}", *((f"{MAP_CREDIT}.",) if on_map else ()))),
            "",
        )
    )


GAPS = (
    "Numbers are not rounded.",
    "A number that is unknown is an empty cell (null in JSON), never zero; a zero is a true zero.",
    "The column marker says why a number is unknown, or what to know of one that is not:",
    *(f"    {marker}: {words}" for marker, words in MARKERS.items()),
    "Text that begins with a sign a spreadsheet would compute has an apostrophe before it.",
)


def _part(heading: str, lines: Iterable[str]) -> tuple[str, ...]:
    listed = (line if line.startswith(" ") else f"* {line}" for line in lines)
    return ("", f"## {heading}", "", *listed)
