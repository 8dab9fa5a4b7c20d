"""`report`: the published report of progress, in every format, from a frozen edition or from the present data."""

import time
from pathlib import Path
from typing import Final

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from vawg_metrics.areas import HOME, LLR, UNPLACED
from vawg_metrics.catalogue.load import load_catalogue
from vawg_metrics.commands.said import DATA_OPTION, said_in_words
from vawg_metrics.frozen.kept import frozen_in, frozen_named
from vawg_metrics.frozen.opening import open_frozen
from vawg_metrics.reading import Release, open_data

PLACES: Final = [area.name for area in HOME if area != UNPLACED]
RELEASES: Final = "releases"


@click.command("report")
@click.option("--year", default="", help="The financial year, such as 2025-26; not needed with --whole-strategy.")
@click.option("--whole-strategy", "whole", is_flag=True, help="The review at the end of the strategy.")
@click.option("--release", "name", default="", help="A frozen release by name; without: the newest, else the data.")
@click.option("--area", default=LLR.name, show_default=True, type=click.Choice(PLACES), help="The place.")
@click.option("--out", "folder", required=True, type=click.Path(path_type=Path, file_okay=False), help="Any folder.")
@DATA_OPTION
def report_command(year: str, whole: bool, name: str, area: str, folder: Path, data: Path) -> None:
    """Write the report of progress to a folder as HTML, PDF, DOCX, PPTX, XLSX and CSV.

    Only files of the same names are replaced. What cannot be made is named, and the rest is made.

    \b
    Examples:
      python -m vawg_metrics report --year 2025-26 --out report
      python -m vawg_metrics report --whole-strategy --area Melton --out report
    """
    if not year and not whole:
        raise click.UsageError("Say --year 2025-26 for an annual report, or --whole-strategy for the review.")
    started = time.monotonic()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with said_in_words():
        from vawg_metrics.outputs.report.asked import Asked, edition_words
        from vawg_metrics.outputs.report.making import make_report, write_report

        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("opening the figures", total=None)
            release = release_asked_for(data, name)
            made = make_report(
                release, Asked(year, area, whole),
                lambda done, of, what: bar.update(task, description=what[:60], completed=done, total=of),
            )  # fmt: skip
        written = write_report(made, folder)
        edition = edition_words(release)
    click.echo(f"{made.report.name}. {edition}")
    click.echo("\n".join(f"  {path.name}: {path.stat().st_size / 1e3:,.0f} kB" for path in written))
    for words in made.missing:
        click.echo(f"Missing: {words}", err=True)
    printed = f" The PDF was printed by {made.printed_by}." if made.printed_by else ""
    click.echo(f"Wrote {len(written)} files to {folder} in {time.monotonic() - started:.0f} s.{printed}")


def release_asked_for(data: Path, name: str) -> Release:
    """The frozen release of a name, or without one the newest frozen one, or else the present data."""
    present, releases = open_data(data, load_catalogue()), data / RELEASES
    if name:
        return open_frozen(releases, frozen_named(releases, name), present)
    held = frozen_in(releases)
    return open_frozen(releases, held[-1], present) if held else present
