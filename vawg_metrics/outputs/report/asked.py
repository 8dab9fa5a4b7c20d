"""What report was asked for, and whether it can be made: year, place, the whole strategy or not, and which edition."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from vawg_metrics.areas import HOME, LLR, UNPLACED
from vawg_metrics.errors import ShownError
from vawg_metrics.outputs.naming import plain
from vawg_metrics.periods import MONTH_NAMES, Period, month_number, month_words
from vawg_metrics.release import Release
from vawg_metrics.selection import Selection

PLACES: Final = tuple(area.name for area in HOME if area != UNPLACED)
LLR_WORDS: Final = "Leicester, Leicestershire and Rutland (LLR)"


class ReportRefused(ShownError):
    """A report that cannot be made: made-up figures, a place or a year that there is none of."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A financial year written `2025-26` ('' for the whole strategy to its end), a place, and which kind of report."""

    year: str = ""
    area: str = LLR.name
    whole: bool = False


def check_asked(release: Release, asked: Asked) -> None:
    """Raise ReportRefused where a report cannot be made."""
    if release.demonstration:
        raise ReportRefused("A report is never made from demonstration figures. Turn the demonstration off.")
    if asked.area not in PLACES:
        raise ReportRefused(f"'{asked.area[:40]}' is no place of this report. Places: {'; '.join(PLACES)}.")
    if not asked.year and not asked.whole:
        raise ReportRefused("Name a financial year such as 2025-26, or ask for the whole strategy.")
    period, newest, starts = period_of(release, asked), newest_month(release), release.catalogue.strategy.starts
    if not newest or newest < period.start:
        held = f"the newest ends in {month_words(newest)}" if newest else "there is none"
        raise ReportRefused(f"No figure held here ends in {period_name(asked)}: {held}.")
    if period.end < starts:
        raise ReportRefused(f"{asked.year} ends before the strategy begins, in {month_words(starts)}.")


def period_of(release: Release, asked: Asked) -> Period:
    """The months of the report: the financial year, or the strategy's years (to the end of the year, if one is asked).

    ReportRefused where the year is not one.
    """
    strategy = release.catalogue.strategy.period
    if not asked.year:
        return strategy
    found = re.fullmatch(r"(\d{4})-(\d{2})", asked.year)
    if not found or (int(found[1]) + 1) % 100 != int(found[2]) or found[1] == "0000":
        raise ReportRefused(f"'{asked.year[:20]}' is not a financial year written 2025-26.")
    year = Period(f"{found[1]}-04", f"{int(found[1]) + 1:04d}-03")
    return Period(min(strategy.start, year.end), year.end) if asked.whole else year


def period_name(asked: Asked) -> str:
    """What the report's time is called: `2025-26`, or the strategy's years."""
    if not asked.whole:
        return asked.year
    return f"the strategy's years to the end of {asked.year}" if asked.year else "the strategy's years"


def selection_of(release: Release, asked: Asked) -> Selection:
    """What the measures are read by: the place, to the last month of the report."""
    return Selection((asked.area,), "", period_of(release, asked).end)


def years_held(release: Release) -> tuple[str, ...]:
    """The financial years that a report can be made of, the newest first."""
    newest, starts = newest_month(release), release.catalogue.strategy.starts
    if not newest or newest < starts:
        return ()
    first, last = ((month_number(month) - 3) // 12 for month in (starts, newest))
    return tuple(f"{year}-{(year + 1) % 100:02d}" for year in range(last, first - 1, -1))


def newest_month(release: Release) -> str:
    """The newest month that any figure of LLR's own places ends in; '' where none is held."""
    return max((one.newest for one in release.reaches.values()), default="")


def frozen_as(release: Release) -> tuple[str, date | None]:
    """The name and the day of a frozen release; '' and None for the present data."""
    name, _, day = release.frozen.rpartition(", ")
    return (name, date.fromisoformat(day)) if name else ("", None)


def stamp_of(release: Release) -> date:
    """The day that documents carry inside: of a frozen release its own, else the first after the newest month held."""
    _, day = frozen_as(release)
    if day:
        return day
    number = month_number(newest_month(release)) + 1
    return date(number // 12, number % 12 + 1, 1)


def month_of(release: Release, asked: Asked) -> str:
    """The month that decides what is past due: that of a frozen release, else the end of the report's time.

    It never comes from the clock: the same release gives the same report.
    """
    _, day = frozen_as(release)
    return day.isoformat()[:7] if day else max(period_of(release, asked).end, newest_month(release))


def day_words(day: date) -> str:
    """`15 September 2026`."""
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def edition_words(release: Release) -> str:
    """The edition in one sentence: its code, and the day it was frozen or how far the present data reaches."""
    name, day = frozen_as(release)
    if day:
        return f"Edition {release.name}, frozen as '{name}' on {day_words(day)}."
    return f"Edition {release.name}, the data as held here and not frozen. Its newest figures end in " + (
        f"{month_words(newest_month(release))}."
    )


def place_words(area: str) -> str:
    """The place in full."""
    return LLR_WORDS if area == LLR.name else area


def stem_of(release: Release, asked: Asked) -> str:
    """The name of the report's files without a suffix: `progress-report_2025-26_melton_75671bf67e`."""
    kind = "strategy-review" if asked.whole else "progress-report"
    parts = (kind, *([asked.year] if asked.year else []), plain(asked.area), plain(release.name))
    return "_".join(parts)
