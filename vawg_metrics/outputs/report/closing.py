"""How a report closes: protection and method, where the data is from, accessibility, words, and the edition."""

from typing import Final

from vawg_metrics.charts.credit import LICENCE, MAP_CREDIT, PROPOSED
from vawg_metrics.holdings import months_held
from vawg_metrics.outputs.report.asked import Asked, edition_words, frozen_as
from vawg_metrics.outputs.report.blocks import Grid, Part, Text
from vawg_metrics.outputs.report.words import reviewed, terms
from vawg_metrics.release import Release

MOST_EDITIONS: Final = 2


def closing_parts(release: Release, asked: Asked) -> tuple[Part, ...]:
    """The annexes in their order."""
    return (
        Part("reading", "How to read the figures", reviewed("report/reading"), new_page=True),
        Part("protection", "Protection", reviewed("report/protection")),
        Part("method", "Method", reviewed("report/method")),
        _sources(release),
        Part("accessibility", "Accessibility statement", reviewed("report/accessibility")),
        Part("words", "Words used", (Grid("Words used in this report", ("Word", "Meaning"), terms("about/words"),
                                          (30, 70)),)),
        _edition(release, asked),
    )  # fmt: skip


def _sources(release: Release) -> Part:
    rows = []
    for source in release.catalogue.sources:
        files = release.manifest.of_source(source.id)
        if files:
            editions = list(dict.fromkeys(one.edition for one in files if one.edition))
            named = "; ".join(editions) if len(editions) <= MOST_EDITIONS else f"{len(files)} files"
            held = f"{named}: {months_held(files)}" if named else months_held(files)
            rows.append((f"{source.publisher}: {source.dataset}", held, source.licence, source.page))
    header = ("Source", "Edition and months held", "Licence", "Where it is published")
    table = Grid("Data sources", header, tuple(rows), (30, 24, 14, 32))
    return Part("sources", "Data sources", (table, Text(f"{LICENCE}. {MAP_CREDIT}.")))


def _edition(release: Release, asked: Asked) -> Part:
    return Part(
        "edition", "Edition",
        (
            Text(f"{edition_words(release)} The same code always means the same figures and definitions."),
            Text(f"To make this report again from the project: {command(release, asked)}"),
            Text(PROPOSED),
        ),
    )  # fmt: skip


def command(release: Release, asked: Asked) -> str:
    """The command that makes the same report."""
    name, _ = frozen_as(release)
    options = [
        *([f"--year {asked.year}"] if asked.year else []),
        *(["--whole-strategy"] if asked.whole else []),
        *([f'--area "{asked.area}"'] if asked.area != "LLR" else []),
        *([f'--release "{name}"'] if name else []),
    ]
    return f"python -m vawg_metrics report {' '.join(options)} --out FOLDER"
