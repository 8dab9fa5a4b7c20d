"""The review at the end of a strategy: baseline, what was reached, what was never measured, what to carry on."""

from collections.abc import Sequence
from typing import Final

from vawg_metrics.narrative import period_words
from vawg_metrics.outputs.report.asked import Asked
from vawg_metrics.outputs.report.blocks import Block, Grid, Part, Points, Text
from vawg_metrics.outputs.report.chapters import awaited_of, content_note, who_supplies
from vawg_metrics.outputs.report.measures import Chapters, Measure
from vawg_metrics.release import Release
from vawg_metrics.standing import standing_of
from vawg_metrics.statements import REPORTING
from vawg_metrics.wording import finding_words

WISHED: Final = "moved the way that is hoped for"
OTHER: Final = "moved the other way"
CHANGED: Final = "changed; it has no good or bad direction of its own"
UNTOLD: Final = "no change that can be told from chance"
NO_BASELINE: Final = "cannot be told: nothing like for like to compare with"
NOT_COUNTED: Final = "cannot be told: counted for the present edition only"
ORDER: Final = (WISHED, OTHER, CHANGED, UNTOLD, NO_BASELINE, NOT_COUNTED)


def verdict_of(measure: Measure) -> str:
    """What became of a measure since the baseline, in one of six words."""
    progress, direction = measure.reading.progress, measure.reading.indicator.direction
    if progress.obstacle == "edition":
        return NOT_COUNTED
    if progress.change is None:
        return NO_BASELINE
    if progress.change.verdict == "untold":
        return UNTOLD
    if direction == "neither":
        return CHANGED
    return WISHED if progress.change.verdict == direction else OTHER


def review_parts(release: Release, asked: Asked, chapters: Chapters) -> tuple[Part, ...]:
    """The four parts of the review; a measure that two priorities share is counted once."""
    measures = list({one.reading.indicator.id: one for _, own in chapters for one in own}.values())
    return (
        _baseline(release, measures),
        _reached(chapters, measures),
        _never(release),
        _carried(release, measures),
    )


def _baseline(release: Release, measures: Sequence[Measure]) -> Part:
    strategy = release.catalogue.strategy
    rows = tuple((one.tile.title, _before(one), f"{one.tile.number}, {one.tile.period}") for one in measures)
    whole = sum(one.reading.progress.before is not None for one in measures)
    said = f"{whole} of {len(measures)} measures that are held have an earlier figure to begin from."
    return Part(
        "baseline", "The baseline",
        (
            Text(f"The baseline is {strategy.baseline.words()}, the last whole year before the strategy. {said}"),
            Grid("Where each measure began and where it stands", ("Measure", "Baseline", "Newest"), rows, (36, 36, 28)),
        ),
        new_page=True,
    )  # fmt: skip


def _before(measure: Measure) -> str:
    """The earlier figure with its period, or why there is none."""
    before = measure.reading.progress.before
    if before is None:
        return measure.tile.change or "none"
    return f"{finding_words(measure.reading.indicator, before)}, {period_words(before)}"


def _reached(chapters: Chapters, measures: Sequence[Measure]) -> Part:
    counted = [(word, sum(verdict_of(one) == word for one in measures)) for word in ORDER]
    points = tuple((f"{number}:", word) for word, number in counted if number)
    rows = tuple(
        (one.tile.title, sheet.priority.short, verdict_of(one), one.tile.change or "nothing is compared")
        for sheet, own in chapters for one in own
    )  # fmt: skip
    return Part(
        "reached", "What was reached",
        (
            Text(f"Of {len(measures)} measures that are held:"),
            Points(points),
            Grid("Each measure since the baseline", ("Measure", "Priority", "In short", "The test"), rows,
                 (27, 14, 21, 38)),
            Text(f"Of measures without a direction: {REPORTING[:1].lower()}{REPORTING[1:]}"),
        ),
    )  # fmt: skip


def _never(release: Release) -> Part:
    """What nobody could measure in the strategy's years, with who would have supplied it."""
    catalogue = release.catalogue
    rows = tuple(
        (one.title, priority.short, who_supplies(catalogue, one))
        for priority in catalogue.strategy.priorities
        for one in awaited_of(release, priority.id)
    )
    blocks: tuple[Block, ...] = (Text(f"{len(rows)} measures have no figure from the strategy's years."),)
    if rows:
        header = ("Measure", "Priority", "Who would supply it")
        blocks = (*blocks, Grid("Never measured", header, rows, (46, 16, 38)))
    return Part("never", "What was never measured", (*content_note(row[0] for row in rows), *blocks))


def _carried(release: Release, measures: Sequence[Measure]) -> Part:
    """What the successor begins with: series to keep, series that stopped, what parts a series, what to agree."""
    catalogue = release.catalogue
    own_pages = {one.id for one in catalogue.strategy.priorities}
    every = [one for one in catalogue.indicators if one.priority in own_pages and not one.retired]
    stopped = [one for one in every if standing_of(release, one) == "history"]
    awaited = sum(len(awaited_of(release, one.id)) for one in catalogue.strategy.priorities)
    own = {one.reading.indicator.id for one in measures}
    parting = sorted({one.label for one in catalogue.recording_changes if one.breaks and own & set(one.indicators)})
    points = [
        ("Keep measuring, by the same definitions:", f"{'; '.join(one.tile.title for one in measures)}."),
        ("Begin:", f"{awaited} measures that are not held, with the definitions and templates that stand ready."),
    ]
    if stopped:
        points.append(("Find again, or let go:", f"{'; '.join(one.title for one in stopped)}."))
    if parting:
        points.append(("Compare nothing across:", f"{'; '.join(parting)}."))
    points.append(("Agree first:", "the owners, the baseline and the measures, with people with lived experience."))
    return Part("carry", "What to carry to the successor", (Points(tuple(points)),))
