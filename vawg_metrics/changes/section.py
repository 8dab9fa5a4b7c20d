"""A section of what changed: its heading, its sentences, and the rows of its table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.changes.found import Edition
from vawg_metrics.periods import Period, month_number, month_words
from vawg_metrics.wording import listed

HEADS: Final[Mapping[str, str]] = {
    "source": "Source", "title": "Measure", "area": "Place", "period": "Period", "part": "Part", "before": "Before",
    "after": "After", "difference": "Difference", "why": "Why", "what": "What", "places": "Places",
    "question": "Question", "screen": "About", "who": "Who could answer", "when": "When", "figures": "Figures",
    "label": "Change", "publisher": "Publisher", "llr": "LLR",
    "year_before": "LLR a year before", "effect": "What it does",
}  # fmt: skip


@dataclass(frozen=True)
class Section:
    """One item of the agenda: the same object is drawn on the page, printed by the command and written to files.

    `shown` are the columns that people read, by name; `records` have these and more, for programs.
    """

    id: str
    title: str
    sentences: tuple[str, ...]
    shown: tuple[str, ...]
    records: tuple[Mapping[str, object], ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column of the records, the ones that people read first."""
        return tuple(self.records[0]) if self.records else self.shown

    @property
    def heads(self) -> tuple[str, ...]:
        return tuple(HEADS[name] for name in self.shown)

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """The rows as people read them."""
        return tuple(tuple(_cell(one[name]) for name in self.shown) for one in self.records)


def section_of(
    id_: str, title: str, sentences: Sequence[str], shown: tuple[str, ...], records: Sequence[Mapping[str, object]],
    nothing: str,
) -> Section:  # fmt: skip
    """A section, which begins with `nothing`, a whole sentence, where its table has no row."""
    said = tuple(one for one in ("" if records else nothing, *sentences) if one)
    return Section(id_, title, said, shown, tuple(records))


def named(indicator: Indicator) -> str:
    """A measure inside a sentence: its title as it stands everywhere else, between quotation marks."""
    return f"'{indicator.title}'"


def _cell(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else "–" if value in ("", None) else str(value)


def measure_columns(indicator: Indicator, period: Period | None = None) -> dict[str, object]:
    """The columns that tell a program which measure, and which months, a row is about."""
    months = {"period_start": period.start, "period_end": period.end} if period else {}
    return {"indicator": indicator.id, **months}


def numbered(number: int, one: str, many: str) -> str:
    """`1 figure is`, `12 figures are`."""
    return f"{number:,} {one if number == 1 else many}"


def run_words(periods: Sequence[Period]) -> str:
    """Periods in words, those that follow on each other as one run: `October to December 2025`."""
    runs: list[list[Period]] = []
    for one in sorted(set(periods), key=lambda period: (period.end, period.start)):
        follows = runs and month_number(runs[-1][-1].end) + 1 == month_number(one.start)
        if follows:
            runs[-1].append(one)
        else:
            runs.append([one])
    return listed([_run(one) for one in runs])


def _run(run: Sequence[Period]) -> str:
    whole = Period(run[0].start, run[-1].end)
    if len(run) == 1 or whole.months < 12:
        return whole.words()
    return f"{month_words(whole.start)} to {month_words(whole.end)}"


def edition_words(edition: Edition) -> str:
    """What an edition is called among people: `Board September 2026 (frozen 10 September 2026)`."""
    if not edition.name:
        return "the figures as they are held"
    return f"{edition.name} (frozen {int(edition.day[8:10])} {month_words(edition.day[:7])})"
