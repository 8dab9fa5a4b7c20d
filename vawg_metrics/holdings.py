"""What is held and what is not: by year for each measure, by month for each source."""

from collections.abc import Iterable

from vawg_metrics.areas import LLR, Area
from vawg_metrics.catalogue.definitions import Indicator, Source
from vawg_metrics.periods import month_number, month_text, month_words, shifted
from vawg_metrics.publication import grains_of
from vawg_metrics.published import Provenance
from vawg_metrics.reading import Figure, Release, select_figures

STEPS = {"monthly": 1, "quarterly": 3, "yearly": 12}
SINCE = "everything after"


def months_held(files: Iterable[Provenance]) -> str:
    """The first and the last month that files cover, in words."""
    covers = [one.covers for one in files]
    first, last = min(one[0] for one in covers), max(one[1] for one in covers)
    return month_words(first) if first == last else f"{month_words(first)} to {month_words(last)}"


def year_cells(release: Release, indicator: Indicator, area: Area, years: Iterable[str]) -> dict[str, str]:
    """For each calendar year: held, part, unknown, before or after the series, whole (LLR only) or awaited."""
    if not release.holds(indicator):
        return dict.fromkeys(years, "awaited")
    if indicator.native_period == "edition":
        return {year: "after" if year != max(years) else "held" for year in years}
    figures = _native(release, indicator, area)
    if not figures:
        return dict.fromkeys(years, "whole")
    ends = sorted(one.period.end[:4] for one in figures if one.period and one.known)
    found = {}
    for year in years:
        of_year = [one for one in figures if one.period and one.period.end[:4] == year]
        known = [one for one in of_year if one.known and one.marker not in ("incomplete",)]
        wanted = 12 // {"month": 1, "quarter": 3, "year": 12}[indicator.native_period]
        if known:
            found[year] = "held" if len(known) >= wanted else "part"
        elif of_year:
            found[year] = "unknown"
        else:
            found[year] = "before" if ends and year < ends[0] else "after"
    return found


def _native(release: Release, indicator: Indicator, area: Area) -> tuple[Figure, ...]:
    return select_figures(release, indicator.id, (area.code,), grains_of(indicator)[0])


def gaps_of(release: Release, source: Source, today: str) -> tuple[str, ...]:
    """The months of a source that lie between what is held and are not held, and those due since, in words."""
    step = STEPS.get(source.rhythm)
    if step is None or not (held := months_of(release, source)):
        return ()
    first, last = month_number(min(held)), month_number(max(held))
    missing = [month_text(number) for number in range(first, last) if month_text(number) not in held and step == 1]
    said = [month_words(month) for month in missing]
    due = shifted(max(held), step + source.lag_months)
    if month_number(due) <= month_number(today):
        said.append(f"{SINCE} {month_words(max(held))}")
    return tuple(said)


def months_of(release: Release, source: Source) -> frozenset[str]:
    """The months, each written YYYY-MM, of which the files of a source really hold something."""
    files = release.manifest.of_source(source.id)
    return frozenset(month for one in files if one.facts for month in _months(release, source, one))


def past_due(release: Release, today: str) -> tuple[str, ...]:
    """The sources whose next figures should be out and are not held, in words; `today` is a month."""
    found = []
    for source in release.catalogue.sources:
        files, step = release.manifest.of_source(source.id), STEPS.get(source.rhythm)
        if not files or step is None:
            continue
        last = max(one.covers[1] for one in files)
        if month_number(shifted(last, step + source.lag_months)) <= month_number(today):
            found.append(f"{source.publisher}, {source.dataset}: held to {month_words(last)}")
    return tuple(found)


def _months(release: Release, source: Source, one: Provenance) -> set[str]:
    """The months a file really holds for LLR: those of known figures, where a monthly measure reads the source."""
    monthly = [
        indicator
        for indicator in release.catalogue.indicators
        if indicator.collected and indicator.source == source.id and indicator.native_period == "month"
    ]
    if not monthly:
        return set(one.period)
    figures = select_figures(release, monthly[0].id, (LLR.code,), "month")
    return {figure.period.end for figure in figures if figure.period and figure.known}
