"""The command line: `python -m vawg_metrics COMMAND --help`."""

import json
import sys
from pathlib import Path
from typing import Final

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from vawg_metrics.catalogue.dictionary import data_dictionary
from vawg_metrics.catalogue.load import load_catalogue
from vawg_metrics.commands.changes_command import changes_command
from vawg_metrics.commands.release_commands import audit_command, release_command
from vawg_metrics.commands.report_command import report_command
from vawg_metrics.commands.returns_group import returns_group
from vawg_metrics.commands.said import DATA, DATA_OPTION, ROOT, said_in_words
from vawg_metrics.errors import Fault, FaultsFound
from vawg_metrics.exploration import GRAIN_CHOICES, Asked, explore
from vawg_metrics.ingest import Summary, ingest
from vawg_metrics.outputs.explored import ALWAYS_SETS, Layout, lay_out
from vawg_metrics.outputs.replaced_folder import check_replaceable
from vawg_metrics.outputs.table import records_as_csv
from vawg_metrics.outputs.whole import write_everything
from vawg_metrics.published import faults_of, read_document, read_manifest
from vawg_metrics.reading import open_data
from vawg_metrics.views import COLUMN_SETS

BOUNDARIES: Final = ROOT / "static" / "districts.geojson"  # served by URL, so that no repaint carries it
DICTIONARY: Final = ROOT / "docs" / "data-dictionary.md"


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Progress in figures: read publishers' files, check what is held, and print figures."""


@main.command("ingest")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--dry-run", is_flag=True, help="Read and compare, change nothing.")
@DATA_OPTION
def ingest_command(paths: tuple[Path, ...], dry_run: bool, data: Path) -> None:
    """Read publishers' files (or folders of them) and replace the facts they cover in data/published.

    All or nothing: a single fault in a single file changes nothing. Files are known by their content.

    \b
    Example:
      python -m vawg_metrics ingest downloads/leicestershire-2026.zip downloads/homelessness/
    """
    with said_in_words():
        bar = Progress(
            SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
            TextColumn("{task.fields[rows]:,} rows"), TimeRemainingColumn(), console=Console(stderr=True),
        )  # fmt: skip
        with bar:
            task, rows = bar.add_task("opening files", total=None, rows=0), [0]

            def show(name: str, done: int, files: int, read: int) -> None:
                rows[0] += read
                bar.update(task, description=name[-50:], completed=done, total=files, rows=rows[0])

            summary = ingest(paths, data / "published", load_catalogue(), dry_run, show)
        if data == DATA and not dry_run:
            BOUNDARIES.write_text(read_document(data / "published", summary.manifest, "districts"), "utf-8", newline="")
    click.echo(_said(summary, dry_run))


def _said(summary: Summary, dry_run: bool) -> str:
    """What an ingest did, for a person."""
    lines = [f"{len(summary.taken)} files read, {len(summary.not_used)} not used."]
    for taken in summary.taken:
        for intake in taken.intakes:
            ledger = intake.ledger
            lines.append(f"  {taken.incoming.name}: {intake.source}, {intake.edition}: {ledger.read:,} rows read")
            kept = [f"{rows:,} kept ({reason})" for reason, rows in ledger.kept.items() if rows]
            aside = [f"{rows:,} set aside ({reason})" for reason, rows in ledger.set_aside.items() if rows]
            lines.append("    = " + " + ".join(kept + aside))
    lines += [f"  {name}: not used, because {reason}." for name, reason in summary.not_used]
    for source in sorted(summary.added):
        added, revised, same = summary.added[source], summary.revised[source], summary.unchanged[source]
        lines.append(f"{source}: {added:,} facts added, {revised:,} replaced, {same:,} as before.")
    lines.append("Nothing was changed (--dry-run)." if dry_run else "Written.")
    return "\n".join(lines)


@main.command("check")
@DATA_OPTION
def check_command(data: Path) -> None:
    """Check everything in data/ and the catalogue, and print every fault at once; exit 1 when there is one.

    \b
    Example:
      python -m vawg_metrics check
    """
    with said_in_words():
        catalogue = load_catalogue()
        manifest = read_manifest(data / "published")
        if faults := faults_of(data / "published", manifest):
            raise FaultsFound(faults)
        if data == DATA and BOUNDARIES.read_text("utf-8") != read_document(data / "published", manifest, "districts"):
            problem = "the map's boundaries are not those of data/published."
            raise FaultsFound([Fault("static/districts.geojson", "", problem, "Run `ingest` on the boundaries again.")])
        release = open_data(data, catalogue)
    ((figures,),) = release.warehouse.rows("select count(*) from figure")
    facts = sum(stored.rows for stored in manifest.facts.values())
    click.echo(
        f"Sound: {len(catalogue.indicators)} measures, {len(manifest.files)} files, {facts:,} facts, "
        f"{figures:,} figures, edition {release.name}."
    )


@main.command("figures")
@click.argument("indicators", nargs=-1, required=True, metavar="MEASURE...")
@click.option(
    "--area", "areas", multiple=True, help="A name as on the screen, or 'all districts'; without: all of them."
)
@click.option("--grain", type=click.Choice(GRAIN_CHOICES), default="native", show_default=True)
@click.option("--from", "first", default="", help="First month, YYYY-MM: a period belongs when its last month does.")
@click.option("--to", "last", default="", help="Last month, YYYY-MM.")
@click.option("--breakdown", is_flag=True, help="The groups of the measure as well.")
@click.option(
    "--show", multiple=True, type=click.Choice([*COLUMN_SETS, "none"]), help="Sets of columns; all but change."
)
@click.option("--across", type=click.Choice(["area", "period"]), help="Places or periods as columns.")
@click.option("--measure", type=click.Choice(["rate", "count"]), default="rate", help="What a crossed cell holds.")
@click.option("--sort", default="", help="The column to sort by, what is unknown last.")
@click.option("--down", is_flag=True, help="Sort from the largest.")
@click.option("--containing", default="", help="Only rows that hold this text.")
@click.option("--known", is_flag=True, help="Only figures that are known.")
@click.option("--format", "form", type=click.Choice(["csv", "json"]), default="csv", show_default=True)
@DATA_OPTION
def figures_command(
    indicators: tuple[str, ...], areas: tuple[str, ...], grain: str, first: str, last: str, breakdown: bool,
    show: tuple[str, ...], across: str | None, measure: str, sort: str, down: bool, containing: str, known: bool,
    form: str, data: Path
) -> None:  # fmt: skip
    """Print figures, unrounded: the same that the screen shows. Gaps are rows with a marker.

    \b
    Example:
      python -m vawg_metrics figures domestic_abuse_homelessness_rate --area Charnwood --grain year --from 2024-04
    """
    with said_in_words():
        release = open_data(data, load_catalogue())
    sets = tuple(name for name in COLUMN_SETS if name in show) if show else ALWAYS_SETS
    layout = Layout(sets, across or "", measure, sort, down, containing, known)
    asked = Asked(indicators, areas, grain, first, last, breakdown)
    try:
        table = lay_out(release, asked, explore(release, asked), layout)
    except LookupError as error:
        click.echo(error.args[0], err=True)
        sys.exit(2)
    for note in table.notes:
        click.echo(note, err=True)
    click.echo(
        json.dumps(table.records, indent=1, ensure_ascii=False)
        if form == "json"
        else records_as_csv(table.records, table.columns),
        nl=form == "json",
    )


@main.command("export")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--all", "everything", is_flag=True, help="The whole published release; nothing less can be asked yet.")
@DATA_OPTION
def export_command(folder: Path, everything: bool, data: Path) -> None:
    """Write every published figure to FOLDER as Parquet, CSV and JSON, with definitions and a descriptor.

    \b
    Example:
      python -m vawg_metrics export --all figures-to-share
    """
    if not everything:
        raise click.UsageError(
            "Say --all: `export --all FOLDER` writes the whole release. For less there is `figures`."
        )
    with said_in_words():
        check_replaceable(folder)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with said_in_words(), Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("opening the figures", total=None)
        summary = write_everything(
            open_data(data, load_catalogue()), folder,
            lambda done, of, what: bar.update(task, description=what[:50], completed=done, total=of),
        )  # fmt: skip
    click.echo(summary.words())


@main.command("dictionary")
@click.option("--check", "only_check", is_flag=True, help="Change nothing; exit 1 when the page is not up to date.")
def dictionary_command(only_check: bool) -> None:
    """Write docs/data-dictionary.md from the catalogue.

    \b
    Example:
      python -m vawg_metrics dictionary
    """
    with said_in_words():
        text = data_dictionary(load_catalogue())
    if only_check:
        same = DICTIONARY.exists() and DICTIONARY.read_text("utf-8") == text
        click.echo("docs/data-dictionary.md is up to date." if same else "docs/data-dictionary.md is out of date.")
        sys.exit(0 if same else 1)
    DICTIONARY.write_text(text, "utf-8")
    click.echo(f"Wrote {DICTIONARY.relative_to(ROOT)}.")


main.add_command(returns_group)
main.add_command(release_command)
main.add_command(audit_command)
main.add_command(report_command)
main.add_command(changes_command)


if __name__ == "__main__":
    main()
