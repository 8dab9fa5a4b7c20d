"""`returns`: templates for partners, the check of what comes back, and the steward's keeping of it."""

import click

from vawg_metrics.commands.returns_kept import accept_command, forget_command, status_command, withdraw_command
from vawg_metrics.commands.returns_sent import check_command, template_command


@click.group("returns")
def returns_group() -> None:
    """Partner returns: make a template, check a return, accept it, see what is due.

    Accepted returns lie in a folder of their own, closed to others: the one that VAWG_RETURNS names, else vawg-returns
    in your user's data folder.
    """


for command in (template_command, check_command, accept_command, withdraw_command, status_command, forget_command):
    returns_group.add_command(command)
