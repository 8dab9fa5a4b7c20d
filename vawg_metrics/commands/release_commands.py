"""`release` and `audit`: protected figures built from accepted returns, and the proof that they betray nobody."""

import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from vawg_metrics.areas import HOME
from vawg_metrics.audit.auditing import Audit, audit
from vawg_metrics.catalogue.definitions import Catalogue
from vawg_metrics.catalogue.load import load_catalogue
from vawg_metrics.catalogue.returned import RETURNS
from vawg_metrics.commands.own_files import FORM, IN, read_at_most
from vawg_metrics.commands.release_frozen import Freezing, pack_of
from vawg_metrics.commands.returns_named import now, who
from vawg_metrics.commands.said import DATA_OPTION, said_in_words
from vawg_metrics.disclosure import Cell
from vawg_metrics.disclosure.cases import Answer, read_cases, solve_case
from vawg_metrics.disclosure.feasible import Interval
from vawg_metrics.errors import ShownError
from vawg_metrics.protection.releasing import Prepared, prepare
from vawg_metrics.protection.vault import GivenOut, keep_released, open_vault, still_spoken_of
from vawg_metrics.protection.writing import write_protected
from vawg_metrics.published import read_facts, read_manifest
from vawg_metrics.reading import Release, open_data
from vawg_metrics.returns.due import day_of, day_words
from vawg_metrics.returns.folder import locked, returns_folder
from vawg_metrics.returns.store import Accepted, note_released
from vawg_metrics.sources.contract import Fact

NAMES: Final = {area.code: area.name for area in HOME}
NARROWEST: Final = 5
MOST_UNEXPLAINED: Final = 20
PROTECTED: Final = "protected"


@click.command("release")
@click.option("--dry-run", is_flag=True, help="Build and audit, write nothing.")
@click.option(
    "--take-open", is_flag=True, help="Take returns too whose suppliers may still object. Say it only if they agreed."
)
@click.option("--name", help="Also freeze the published figures under this name in data/releases.")
@click.option("--pack", type=IN, help="A board pack whose parked questions are frozen with the figures.")
@DATA_OPTION
def release_command(dry_run: bool, take_open: bool, name: str | None, pack: Path | None, data: Path) -> None:
    """Build data/protected from the accepted returns: counts of people rounded, then audited. A release that fails the
    audit is not written.

    With --name the published figures are then frozen for `changes` to compare, also where no return is held.

    \b
    Examples:
      python -m vawg_metrics release
      python -m vawg_metrics release --name "Board September 2026" --pack board-september.json
    """
    if pack and name is None:
        raise click.UsageError("A board pack is frozen under a name: say --name too.")
    at = now()
    with said_in_words():
        catalogue, folder = load_catalogue(), returns_folder()
        freezing = None if name is None else Freezing(name, at, data, pack_of(pack, catalogue))
        if not folder.exists():
            if freezing is None:
                raise ShownError("No return has been accepted yet, so there is nothing to build a release from.")
            freezing.as_it_lies(catalogue, "No return has been accepted here", dry_run)
            return
        with locked(folder):
            _build(catalogue, folder, take_open, dry_run, data, at, freezing)


def _build(
    catalogue: Catalogue, folder: Path, take_open: bool, dry_run: bool, data: Path, at: datetime,
    freezing: Freezing | None
) -> None:  # fmt: skip
    """Build, audit and write what is protected, and freeze it all where a name was given."""
    made = prepare(catalogue, folder, data / PROTECTED, day_of(at), take_open)
    click.echo(_taken_words(made))
    if not made.facts:
        if freezing is None or _facts_in(data / PROTECTED):
            raise ShownError("No return is ready, so there is no release.")
        freezing.as_it_lies(catalogue, "No return is ready", dry_run)
        return
    found, release = _audited(catalogue, data, made)
    click.echo(audit_words(found))
    if not found.passed:
        raise ShownError("The release failed its audit and is not written. Report this before anything else.")
    if freezing is not None:
        freezing.check(release)
    if dry_run:
        click.echo("Nothing was written: this was a trial.")
        return
    keep_released(folder, made.vault, made.rounded, release.name, at)
    write_protected(data / PROTECTED, made.facts)
    note_released(folder, made.taken, release.name, at, who())
    click.echo(f"Wrote {data / PROTECTED}: edition {release.name}. Commit it, and the dashboard shows it.")
    if freezing is not None:
        freezing.keep(release)


@click.command("audit")
@click.option("--cases", type=IN, help="Solve the small cases of a JSON file instead; see docs/protection.md.")
@FORM
@DATA_OPTION
def audit_command(cases: Path | None, form: str, data: Path) -> None:
    """Take everything that a reader can receive and solve for the counts behind it. Exit 1 when any is left under five
    possible values, or a zero can be proved; of cases too, and 2 when their file cannot be read.

    \b
    Examples:
      python -m vawg_metrics audit
      python -m vawg_metrics audit --cases cases.json
    """
    if cases:
        _solve_cases(cases, form)
        return
    with said_in_words():
        catalogue = load_catalogue()
        facts = _facts_in(data / PROTECTED)
        if not facts:
            click.echo("No partner returns are released: there is nothing to audit.")
            return
        release = open_data(data, catalogue)
        with _shown() as step:
            found = audit(release, facts, _released_before(), step)
    click.echo(json.dumps(audit_record(found), indent=1) if form == "json" else audit_words(found))
    sys.exit(0 if found.passed else 1)


def audit_words(found: Audit) -> str:
    """What an audit found, in sentences: the narrowest counts first."""
    lines = [
        f"Audit: {found.received:,} numbers and sentences heard, {len(found.intervals):,} counts of people behind them."
    ]
    if found.contradiction:
        lines.append(found.contradiction)
    lines += [f"{'TOO NARROW' if (cell, one) in found.weak else 'narrowest'}: {_words(cell)}: {one.words()}"
              for cell, one in (found.weak or found.intervals[:NARROWEST])]  # fmt: skip
    lines += [f"NOT EXPLAINED by the released counts: {words}" for words in found.unexplained[:MOST_UNEXPLAINED]]
    if len(found.unexplained) > MOST_UNEXPLAINED:
        lines.append(f"... and {len(found.unexplained) - MOST_UNEXPLAINED} more that are not explained.")
    lines.append("Passed: every count has five possible values or more." if found.passed else "FAILED.")
    return "\n".join(lines)


def _words(cell: Cell) -> str:
    """A cell with the name of its place: `marac_cases, Rutland, 2026-07 to 2026-09`."""
    return str(replace(cell, area=NAMES.get(cell.area, cell.area)))


def audit_record(found: Audit) -> dict[str, object]:
    """What an audit found, as JSON: heard, counts, passed, narrowest, unexplained, contradiction."""
    narrowest = found.weak or found.intervals[:NARROWEST]
    return {
        "heard": found.received,
        "counts": len(found.intervals),
        "passed": found.passed,
        "narrowest": [{"cell": str(cell), "low": one.low, "high": one.high} for cell, one in narrowest],
        "unexplained": list(found.unexplained),
        "contradiction": found.contradiction,
    }


def _audited(catalogue: Catalogue, data: Path, made: Prepared) -> tuple[Audit, Release]:
    """The audit of a release on a copy of what would be written, and that release."""
    with tempfile.TemporaryDirectory(prefix="release-") as aside, _shown() as step:
        write_protected(Path(aside), made.facts)
        release = open_data(data, catalogue, Path(aside))
        return audit(release, made.facts, still_spoken_of(made.vault, made.rounded), step), release


def _facts_in(folder: Path) -> tuple[Fact, ...]:
    manifest = read_manifest(folder)
    return tuple(read_facts(folder, manifest.facts[RETURNS])) if RETURNS in manifest.facts else ()


def _released_before() -> Sequence[GivenOut]:
    """What earlier releases showed, where this account can read the restricted folder."""
    try:
        folder = returns_folder()
        return open_vault(folder).releases if folder.exists() else ()
    except ShownError:
        return ()


def _taken_words(made: Prepared) -> str:
    lines = [f"Takes {_numbered(len(made.taken), 'return')}."]
    if made.waiting:
        waiting = ", ".join(f"{_named(one)} until {day_words(one.open_until)}" for one in made.waiting)
        lines.append(f"Not taken yet, for their suppliers may still object: {waiting}.")
    lines += [
        f"Kept as released before, for no rounding of the revised counts adds up with what was released: "
        f"{', '.join(one.kept)}, {one.period.words()}. The next release tries again."
        for one in made.rounded if one.kept
    ]  # fmt: skip
    return "\n".join(lines)


def _named(one: Accepted) -> str:
    return f"{one.return_.partner} {one.return_.quarter}"


def _numbered(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _solve_cases(path: Path, form: str) -> None:
    with said_in_words(code=2):  # 1 is the answer that a case is weak
        answers = [solve_case(case) for case in read_cases(read_at_most(path).decode("utf-8", "replace"), path.name)]
    if form == "json":
        click.echo(json.dumps([_case_record(one) for one in answers], indent=1, ensure_ascii=False))
    else:
        click.echo("\n".join(line for one in answers for line in one.words()))
    sound = [not one.contradiction and not any(_weak(found) for _, found in one.intervals) for one in answers]
    sys.exit(0 if all(sound) else 1)


def _case_record(answer: Answer) -> dict[str, object]:
    cells = [
        {"cell": cell, "low": one.low, "high": one.high, "candidates": None if one.high is None else one.candidates,
         "only": list(one.only), "weak": _weak(one)}
        for cell, one in answer.intervals
    ]  # fmt: skip
    return {"case": answer.name, "cells": cells, "contradiction": answer.contradiction}


def _weak(one: Interval) -> bool:
    return one.under_five or one.provable_zero


@contextmanager
def _shown() -> Iterator[Callable[[str], None]]:
    """A progress line that names the measure being heard."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TextColumn("{task.completed} measures"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("auditing", total=None)
        yield lambda title: bar.update(task, description=f"auditing: {title[:50]}", advance=1)
