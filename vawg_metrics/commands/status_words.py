"""How the status of returns is said: as aligned text, and as records. No value of a return is in either."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from vawg_metrics.catalogue.definitions import Catalogue
from vawg_metrics.periods import Period, quarter_name, quarter_words, shifted
from vawg_metrics.returns.due import day_of
from vawg_metrics.returns.ledger import Entry
from vawg_metrics.returns.status import Standing, returns_due_and_met

HEADINGS: Final = (
    "partner", "quarter", "state", "due", "received", "version", "failed checks", "open until", "release"
)  # fmt: skip


def status_rows(catalogue: Catalogue, rows: Iterable[Standing]) -> list[dict[str, str | int]]:
    """One record a return, dates as YYYY-MM-DD, times in UTC."""
    return [
        {
            "partner": one.partner, "partner_name": catalogue.partner(one.partner).name, "quarter": one.quarter,
            "state": one.state, "due": str(one.due or ""),
            "received_at": one.received_at.isoformat() if one.received_at else "", "version": one.version,
            "failed_checks": one.failed_checks, "open_until": str(one.open_until or ""), "release": one.release,
            "deleted": int(one.deleted),
        }
        for one in rows
    ]  # fmt: skip


def status_words(catalogue: Catalogue, rows: Sequence[Standing], ledger: Iterable[Entry], today: date) -> str:
    """The table for the steward, who has nothing agreed, and how the newest whole quarter went."""
    parts = []
    if listed := [one for one in rows if one.quarter]:
        parts.append(_table([HEADINGS, *(_cells(catalogue, one, today) for one in listed)]))
    if idle := [catalogue.partner(one.partner).name for one in rows if one.state == "nothing agreed"]:
        agreed = "Nothing is agreed yet with these partners, so nothing is due of them and nothing is late:"
        parts.append("\n".join((agreed, *(f"  {name}" for name in idle))))
    newest = quarter_before(today)
    due, met = returns_due_and_met(catalogue, ledger, quarter_name(newest), today)
    if due:
        parts.append(f"Fell due in {quarter_words(newest)}: {due}. On time and passing: {met} of {due}.")
    return "\n\n".join(parts)


def quarter_before(today: date) -> Period:
    """The newest quarter that is over."""
    month = shifted(f"{today:%Y-%m}", -1 - (today.month - 1) % 3)
    return Period.ending(month, 3)


def _cells(catalogue: Catalogue, one: Standing, today: date) -> tuple[str, ...]:
    open_until = "" if not one.open_until else "over" if one.open_until < today else str(one.open_until)
    received = str(day_of(one.received_at)) if one.received_at else ""
    version = f"{one.version}{' (deleted)' if one.deleted else ''}" if one.version else ""
    return (
        catalogue.partner(one.partner).name, one.quarter, one.state, str(one.due or ""), received, version,
        str(one.failed_checks or ""), open_until, one.release,
    )  # fmt: skip


def _table(rows: Sequence[Sequence[str]]) -> str:
    """Rows in columns as wide as their widest cell."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )
