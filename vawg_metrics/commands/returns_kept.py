"""`returns accept`, `withdraw`, `status` and `forget`: the data steward's keeping of what partners sent."""

import json
import sys
from pathlib import Path

import click

from vawg_metrics.catalogue.definitions import Catalogue
from vawg_metrics.catalogue.load import load_catalogue
from vawg_metrics.commands.own_files import FORM, IN, OUT, check_writable, read_at_most, write_own
from vawg_metrics.commands.returns_named import checked_by_itself, now, partner_of, quarter_of, who
from vawg_metrics.commands.said import said_in_words
from vawg_metrics.commands.status_words import status_rows, status_words
from vawg_metrics.errors import ShownError
from vawg_metrics.protection.releasing import periods_in
from vawg_metrics.protection.vault import forget_periods
from vawg_metrics.returns.contract import heading_words
from vawg_metrics.returns.due import day_of, day_words
from vawg_metrics.returns.folder import returns_folder
from vawg_metrics.returns.forget import Forgotten, forget, to_forget
from vawg_metrics.returns.ledger import read_ledger, versions_of
from vawg_metrics.returns.receipt import receipt
from vawg_metrics.returns.status import status
from vawg_metrics.returns.store import Acceptance, accept, withdraw


@click.command("accept")
@click.argument("file", type=IN)
@click.option("--receipt", "receipt_to", type=OUT, help="Write the supplier's receipt to this file.")
def accept_command(file: Path, receipt_to: Path | None) -> None:
    """Check a return and, when it is sound, keep it as the version that counts. The same values again change nothing.

    \b
    Example:
      python -m vawg_metrics returns accept marac.xlsx --receipt ~/receipts/marac.txt
    """
    at = now()
    with said_in_words():
        catalogue = load_catalogue()
        if receipt_to:
            check_writable(receipt_to, force=False, holds_values=True)
        checked = checked_by_itself(catalogue, read_at_most(file), file.name)
        if checked.return_ is None:
            click.echo(f"Nothing was accepted.\n{checked.as_text()}", err=True)
            sys.exit(1)
        days = catalogue.return_rules.objection_working_days
        acceptance = accept(returns_folder(), checked.return_, at, days, who())
    click.echo(_accepted_words(catalogue, acceptance))
    if not receipt_to:
        click.echo("For the supplier's receipt give the same command again with --receipt FILE.", err=True)
        return
    before = acceptance.replaced.return_ if acceptance.replaced else None
    try:
        write_own(receipt_to, receipt(catalogue, acceptance.accepted, before, day_of(at)).encode("utf-8"))
    except ShownError as error:
        click.echo(f"The return is accepted, but its receipt is not written. {error}", err=True)
        sys.exit(1)
    click.echo(f"Wrote {receipt_to}: send it to the supplier.")


@click.command("withdraw")
@click.option("--partner", "partner_words", required=True, help="Whose return: a name or an id.")
@click.option("--quarter", "quarter_given", required=True, help='Which quarter, such as "2026-27 Q2".')
def withdraw_command(partner_words: str, quarter_given: str) -> None:
    """Go back to the version of a return before the present one, or to none.

    \b
    Example:
      python -m vawg_metrics returns withdraw --partner marac --quarter "2026-27 Q2"
    """
    with said_in_words():
        catalogue = load_catalogue()
    partner, quarter = partner_of(catalogue, partner_words), quarter_of(quarter_given)
    with said_in_words():
        gone, stands = withdraw(returns_folder(), partner.id, quarter, now(), who())
    now_counts = f"Version {stands.number} counts again." if stands else "No version counts now."
    click.echo(f"Withdrawn: {heading_words(partner, quarter)}, version {gone.number}. {now_counts}")
    if gone.releases:
        click.echo(f"It is in release {gone.releases[-1]} and stays there until the next release is built.")


@click.command("status")
@FORM
def status_command(form: str) -> None:
    """List the returns that are due, received, late and failed. No value of any return is shown.

    \b
    Example:
      python -m vawg_metrics returns status
    """
    with said_in_words():
        catalogue = load_catalogue()
        ledger, today = read_ledger(returns_folder()), day_of(now())
        rows = status(catalogue, ledger, today)
    if form == "json":
        click.echo(json.dumps(status_rows(catalogue, rows), indent=1, ensure_ascii=False))
    else:
        click.echo(status_words(catalogue, rows, ledger, today))


@click.command("forget")
@click.option("--older-than", type=click.IntRange(min=0), help="Months after the quarter's end, in place of the rule.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def forget_command(older_than: int | None, yes: bool) -> None:
    """Delete the raw values of returns that were kept for their term. Released figures and the ledger stay.

    \b
    Example:
      python -m vawg_metrics returns forget
    """
    with said_in_words():
        catalogue = load_catalogue()
        months = catalogue.return_rules.keep_months if older_than is None else older_than
        folder, today = returns_folder(), day_of(now())
        found = to_forget(folder, today, months)
        _forget_truths(catalogue, folder)  # of returns that are gone already, should a command have been cut short
    if not found:
        click.echo(f"No return is older than {months} months after the end of its quarter: nothing was deleted.")
        return
    if not yes:
        click.echo("\n".join(("These would be deleted for good:", *_forgotten_words(catalogue, found))))
        click.confirm("Delete them?", abort=True)
    with said_in_words():
        found = forget(folder, today, months, now(), who())
        _forget_truths(catalogue, folder)
    click.echo("\n".join(("Deleted, with every version:", *_forgotten_words(catalogue, found))))
    click.echo("Copies in backups, and the files that the suppliers sent, are for you to delete.")


def _forget_truths(catalogue: Catalogue, folder: Path) -> None:
    """Delete what the record of releases holds of the true counts of quarters whose returns are deleted."""
    quarters = {one.quarter for one in versions_of(read_ledger(folder)) if one.forgotten_at}
    forget_periods(folder, {period for quarter in quarters for period in periods_in(catalogue, quarter)})


def _accepted_words(catalogue: Catalogue, acceptance: Acceptance) -> str:
    """What accepting did, without a value."""
    accepted, replaced = acceptance.accepted, acceptance.replaced
    title = heading_words(catalogue.partner(accepted.return_.partner), accepted.return_.quarter)
    until = f"Its supplier may object until the end of {day_words(accepted.open_until)}."
    if not acceptance.changed:
        return f"{title}: the same values are held already as version {accepted.version}; nothing was changed. {until}"
    instead = f"It replaces version {replaced.version}." if replaced else "It replaces nothing."
    return f"Accepted: {title}, version {accepted.version}. {instead} {until}"


def _forgotten_words(catalogue: Catalogue, forgotten: tuple[Forgotten, ...]) -> list[str]:
    names = {one.id: one.name for one in catalogue.partners}
    return [f"  {names.get(one.partner, one.partner)}, {one.quarter}: {one.files} files" for one in forgotten]
