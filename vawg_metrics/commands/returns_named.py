"""What the commands of returns share: who and when, which partner and quarter, and the check against what is held."""

import getpass
from datetime import UTC, datetime

import click

from vawg_metrics.catalogue.definitions import Catalogue
from vawg_metrics.catalogue.returned import Partner
from vawg_metrics.errors import ShownError
from vawg_metrics.periods import quarter_name, quarter_named
from vawg_metrics.returns.checked import Checked
from vawg_metrics.returns.checking import check_return
from vawg_metrics.returns.contract import Return
from vawg_metrics.returns.folder import returns_folder
from vawg_metrics.returns.partner_names import partner_named
from vawg_metrics.returns.store import previous_return


def now() -> datetime:
    """The clock: read here alone."""
    return datetime.now(UTC)


def who() -> str:
    """The account that gives the command, for the ledger."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # an account without a name
        return "unknown account"


def partner_of(catalogue: Catalogue, words: str) -> Partner:
    """The partner of `--partner`; a usage error with the nearest names without one."""
    try:
        return partner_named(catalogue, words)
    except LookupError as error:
        raise click.BadParameter(str(error.args[0]), param_hint="--partner") from None


def quarter_of(words: str) -> str:
    """The quarter of `--quarter`; a usage error when it is none."""
    try:
        return quarter_name(quarter_named(words))
    except ValueError:
        raise click.BadParameter('write the quarter as "2026-27 Q2".', param_hint="--quarter") from None


def held_before(partner: str, quarter: str) -> Return | None:
    """What the partner sent for the quarter before, when it is held and may be read; else a note says why not."""
    try:
        return previous_return(returns_folder(), partner, quarter)
    except ShownError as error:
        click.echo(f"Last quarter's return is left out. {error}", err=True)
        return None


def checked_by_itself(catalogue: Catalogue, content: bytes, name: str) -> Checked:
    """The check, against the partner's own last return where one is held: known only once the file has said whose."""
    checked = check_return(content, name, catalogue)
    if not checked.partner_id or not checked.quarter:
        return checked
    previous = held_before(checked.partner_id, checked.quarter)
    return check_return(content, name, catalogue, previous) if previous else checked
