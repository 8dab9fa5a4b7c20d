"""The command line: `python -m vawg_metrics COMMAND --help`."""

import contextlib
import json
import sys
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Final

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

from vawg_metrics.areas import HOME
from vawg_metrics.catalogue.dictionary import data_dictionary
from vawg_metrics.catalogue.load import load_catalogue
from vawg_metrics.errors import Fault, FaultsFound, ShownError
from vawg_metrics.ingest import Summary, ingest
from vawg_metrics.outputs.table import as_record, records_as_csv
from vawg_metrics.periods import GRAINS, month_number, month_text
from vawg_metrics.publication import grains_of
from vawg_metrics.published import faults_of, read_document, read_manifest
from vawg_metrics.reading import FIRST, LAST, Release, open_data, select_figures

ROOT: Final = Path(__file__).resolve().parents[1]
DATA: Final = ROOT / "data"
BOUNDARIES: Final = ROOT / "static" / "districts.geojson"  # served by URL, so that no repaint carries it
DICTIONARY: Final = ROOT / "docs" / "data-dictionary.md"
DATA_OPTION = click.option(
    "--data", default=DATA, show_default="data/ of the project", type=click.Path(path_type=Path, file_okay=False)
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Progress in figures: read publishers' files, check what is held, and print figures."""


@contextlib.contextmanager
def said_in_words() -> Iterator[None]:
    """Errors meant for people are printed as their sentences, and the command fails with 1."""
    try:
        yield
    except ShownError as error:
        faults = len(error.faults) if isinstance(error, FaultsFound) else 1
        click.echo(f"{faults} fault{'s' if faults != 1 else ''}; nothing was changed.\n{error}", err=True)
        sys.exit(1)


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
@click.argument("indicator")
@click.option("--area", "areas", multiple=True, help="A name as on the screen; repeat for more. Without: all of them.")
@click.option("--grain", type=click.Choice(["native", *GRAINS]), default="native", show_default=True)
@click.option("--from", "first", default="", help="First month, YYYY-MM: a period belongs when its last month does.")
@click.option("--to", "last", default="", help="Last month, YYYY-MM.")
@click.option("--breakdown", is_flag=True, help="The groups of the measure as well.")
@click.option("--format", "form", type=click.Choice(["csv", "json"]), default="csv", show_default=True)
@DATA_OPTION
def figures_command(
    indicator: str, areas: tuple[str, ...], grain: str, first: str, last: str, breakdown: bool, form: str, data: Path
) -> None:
    """Print the figures of one measure, unrounded: the same that the screen shows. Gaps are rows with a marker.

    \b
    Example:
      python -m vawg_metrics figures domestic_abuse_homelessness_rate --area Charnwood --grain year --from 2024-04
    """
    with said_in_words():
        release = open_data(data, load_catalogue())
    try:
        records = _records(release, indicator, areas, grain, first, last, breakdown)
    except LookupError as error:
        click.echo(error.args[0], err=True)
        sys.exit(2)
    click.echo(
        json.dumps(records, indent=1, ensure_ascii=False) if form == "json" else records_as_csv(records),
        nl=form == "json",
    )


def _records(
    release: Release, id_: str, areas: tuple[str, ...], grain: str, first: str, last: str, breakdown: bool
) -> list[dict[str, object]]:
    """The rows to print; LookupError says in one line what does not exist and what does."""
    if id_ not in release.catalogue.ids:
        raise LookupError(_unknown("measure", id_, release.catalogue.ids))
    indicator = release.catalogue.indicator(id_)
    if not indicator.collected:
        click.echo(f"{id_} is not collected: {indicator.awaits} Could supply it: {indicator.supplier}.", err=True)
        return []
    held = release.warehouse.rows(
        "select distinct area.name from figure join area on code = area where indicator = $1", [id_]
    )
    names = {name for (name,) in held} | {area.name for area in HOME}
    for name in areas:
        if name not in names:
            raise LookupError(_unknown("area", name, sorted(names)))
    span = _span(release, id_, first, last)
    wanted = indicator.native_period if grain == "native" else grain
    if wanted not in grains_of(indicator):
        click.echo(f"{id_} is not published by {wanted}; it is by {', '.join(grains_of(indicator))}.", err=True)
        return []
    codes = tuple(
        code for code, name in release.warehouse.rows("select code, name from area") if not areas or name in areas
    ) if areas else ()  # fmt: skip
    figures = select_figures(release, id_, codes, wanted, *span, breakdown)
    if not figures:
        click.echo(f"{id_} has no figure for this selection.", err=True)
    return [as_record(figure, release.name) for figure in figures]


def _span(release: Release, id_: str, first: str, last: str) -> tuple[int, int]:
    """The months asked for as numbers, refused when they are no months or touch nothing that is held."""
    ((oldest, newest),) = release.warehouse.rows(
        "select min(period_start), max(period_end) from figure where indicator = $1", [id_]
    )
    reach = (month_text(oldest), month_text(newest)) if newest else ()  # a measure of the edition has no months
    held = f"{id_} is held from {reach[0]} to {reach[1]}." if reach else f"{id_} has no months."
    for option, month in (("--from", first), ("--to", last)):
        try:
            _ = month and month_number(month)
        except ValueError as error:
            raise LookupError(f"{option}: {error}; {held}") from None
    if first and last and first > last:
        raise LookupError(f"No such period: {first} is after {last}; {held}")
    if reach and ((first and first > reach[1]) or (last and last < reach[0])):
        raise LookupError(f"No such period: {held}")
    return month_number(first) if first else FIRST, month_number(last) if last else LAST


def _unknown(kind: str, asked: str, known: object) -> str:
    near = get_close_matches(asked, list(known), 1, 0.4)  # type: ignore[call-overload]
    meant = f" Did you mean '{near[0]}'?" if near else ""
    home = [area.name for area in HOME] if kind == "area" else list(known)  # type: ignore[call-overload]
    return f"There is no {kind} '{asked}'.{meant} There are: {', '.join(home)}."


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


if __name__ == "__main__":
    main()
