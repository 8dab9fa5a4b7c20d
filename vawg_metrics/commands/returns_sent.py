"""`returns template` and `returns check`: what partners are sent, and whether what comes back is sound."""

import sys
from pathlib import Path
from typing import Final

import click

from vawg_metrics.catalogue.load import load_catalogue
from vawg_metrics.commands.own_files import FORM, IN, OUT, check_writable, read_at_most, write_own
from vawg_metrics.commands.returns_named import checked_by_itself, held_before, now, partner_of, quarter_of, who
from vawg_metrics.commands.said import said_in_words
from vawg_metrics.returns.checked import Checked
from vawg_metrics.returns.contract import heading_words
from vawg_metrics.returns.folder import returns_folder
from vawg_metrics.returns.marked import marked_workbook
from vawg_metrics.returns.store import note_failed
from vawg_metrics.returns.template import template_csv, template_workbook

SUFFIXES: Final = (".xlsx", ".csv")


@click.command("template")
@click.option("--partner", "partner_words", default="", help="Who it is for: a name or an id of the list.")
@click.option("--quarter", "quarter_given", default="", help='Which quarter, such as "2026-27 Q2".')
@click.option("-o", "--output", type=OUT, help="The file to write, .xlsx or .csv.")
@click.option("--list", "list_them", is_flag=True, help="List the partners and write nothing.")
@click.option("--force", is_flag=True, help="Replace the file if there is one.")
def template_command(partner_words: str, quarter_given: str, output: Path | None, list_them: bool, force: bool) -> None:
    """Write the template that one partner fills in for one quarter, with its last quarter's values if they are held.

    \b
    Example:
      python -m vawg_metrics returns template --partner "MARAC coordination" --quarter "2026-27 Q2" -o marac.xlsx
    """
    with said_in_words():
        catalogue = load_catalogue()
    if list_them:
        for one in catalogue.partners:
            click.echo(f"{one.id:<26}{one.name}")
        return
    partner, quarter = partner_of(catalogue, partner_words), quarter_of(quarter_given)
    if output is None or output.suffix.lower() not in SUFFIXES:
        raise click.BadParameter("name a file that ends in .xlsx or .csv.", param_hint="--output")
    with said_in_words():
        previous = held_before(partner.id, quarter)
        check_writable(output, force, holds_values=previous is not None)
        if output.suffix.lower() == ".csv":
            content = template_csv(catalogue, partner, quarter, previous).encode("utf-8-sig")
        else:
            content = template_workbook(catalogue, partner, quarter, previous)
        write_own(output, content)
    beside = "with" if previous else "without"
    click.echo(f"Wrote {output}: {heading_words(partner, quarter)}, {beside} last quarter's values.")


@click.command("check")
@click.argument("file", type=IN)
@FORM
@click.option("--marked", type=OUT, help="Write a workbook in which each faulty cell is marked.")
@click.option("--record", is_flag=True, help="Note in the ledger that a check failed, without any of its contents.")
def check_command(file: Path, form: str, marked: Path | None, record: bool) -> None:
    """Check a return and print every fault at once; exit 1 when there is one. Nothing is stored.

    \b
    Example:
      python -m vawg_metrics returns check marac.xlsx --marked marac-marked.xlsx
    """
    with said_in_words():
        catalogue = load_catalogue()
        if marked:
            check_writable(marked, force=False, holds_values=True)
        content = read_at_most(file)
        checked = checked_by_itself(catalogue, content, file.name)
        click.echo(checked.as_json() if form == "json" else checked.as_text())
        if marked:
            write_own(marked, marked_workbook(content, file.name, checked))
            click.echo(f"Wrote {marked}.", err=True)
        if record and checked.faults:
            _record(checked)
    sys.exit(1 if checked.faults else 0)


def _record(checked: Checked) -> None:
    if checked.partner_id and checked.quarter:
        note_failed(returns_folder(), checked.partner_id, checked.quarter, now(), who())
        click.echo("Noted in the ledger: a check failed.", err=True)
    else:
        click.echo("Not noted in the ledger: the file does not say whose return it is, or for when.", err=True)
