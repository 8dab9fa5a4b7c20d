"""`changes`: what differs between two releases, as text, JSON or CSV; and which releases are frozen."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import click

from vawg_metrics.catalogue.load import load_catalogue
from vawg_metrics.changes.comparing import compare_releases
from vawg_metrics.changes.found import Changes
from vawg_metrics.changes.section import Section, edition_words
from vawg_metrics.changes.words import opening, sections
from vawg_metrics.commands.said import DATA_OPTION, said_in_words
from vawg_metrics.frozen.kept import Frozen, frozen_in, frozen_named
from vawg_metrics.frozen.opening import open_frozen, pack_in
from vawg_metrics.outputs.changed import PRESENT, changes_document, whole_parcel
from vawg_metrics.outputs.table import records_as_csv
from vawg_metrics.reading import Release, open_data

RELEASES: Final = "releases"
NONE_FROZEN: Final = 'No release is frozen yet. `release --name "Board September 2026"` freezes the published figures.'


@click.command("changes")
@click.argument("before", default="", metavar="A")
@click.argument("after", default="", metavar="B")
@click.option("--list", "only_list", is_flag=True, help="List the frozen releases instead.")
@click.option("--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True)
@DATA_OPTION
def changes_command(before: str, after: str, only_list: bool, form: str, data: Path) -> None:
    """Print what changed from release A to release B, in the order of an agenda.

    A and B are names of frozen releases, or the start of one; `present` is the data as it lies. Exit 1 when a name is
    not known.

    \b
    Examples:
      python -m vawg_metrics changes --list
      python -m vawg_metrics changes "Board September 2026" present
      python -m vawg_metrics changes board-sep board-dec --format csv
    """
    if not only_list and not (before and after):
        raise click.UsageError("Name two releases, such as: changes 'Board September 2026' present. Or say --list.")
    with said_in_words():
        if only_list:
            click.echo(_list(frozen_in(data / RELEASES), form))
            return
        changes = _changes(data, before, after)
    found = sections(changes)
    click.echo(_said(changes, found, form), nl=form != "csv")


def _changes(data: Path, before: str, after: str) -> Changes:
    """The two releases compared; a name that is not known is refused before anything is opened."""
    folder = data / RELEASES
    named = [None if one.strip().lower() == PRESENT else frozen_named(folder, one) for one in (before, after)]
    present = open_data(data, load_catalogue())
    first, second = (_opened(folder, one, present) for one in named)
    return compare_releases(first, second, pack_in(folder, named[0]) if named[0] else "")


def _opened(folder: Path, frozen: Frozen | None, present: Release) -> Release:
    return open_frozen(folder, frozen, present) if frozen else present


def _list(held: Sequence[Frozen], form: str) -> str:
    records = [{"name": one.name, "day": one.day, "edition": one.edition, "folder": one.slug} for one in held]
    if form == "json":
        return json.dumps(records, indent=1, ensure_ascii=False)
    if form == "csv":
        return records_as_csv(records, ("name", "day", "edition", "folder")).rstrip("\n")
    return "\n".join(f"{one.day}  {one.name}  (edition {one.edition})" for one in held) or NONE_FROZEN


def _said(changes: Changes, found: Sequence[Section], form: str) -> str:
    if form == "json":
        return json.dumps(changes_document(changes, found), indent=1, ensure_ascii=False)
    if form == "csv":
        parcel = whole_parcel(changes, found)
        return records_as_csv(parcel.records, parcel.columns)
    lines = [f"What changed: {edition_words(changes.before)} to {edition_words(changes.after)}", *opening(changes)]
    for number, one in enumerate(found, 1):
        lines += ["", f"{number}. {one.title}", *(f"   {sentence}" for sentence in one.sentences)]
        lines += [f"   - {' | '.join(row)}" for row in one.rows]
    return "\n".join(lines)
