"""What is due, received, late and failed, as the register and the ledger tell it: never a value."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from vawg_metrics.catalogue.definitions import Catalogue
from vawg_metrics.catalogue.returned import Partner
from vawg_metrics.periods import Period, month_number, quarter_name, quarter_named, shifted
from vawg_metrics.returns.contract import asked_of
from vawg_metrics.returns.due import day_of, due_date, end_of
from vawg_metrics.returns.ledger import Entry, Version, versions_of

State = Literal["nothing agreed", "not due yet", "on time", "late", "overdue", "not asked for"]


@dataclass(frozen=True, slots=True)
class Standing:
    """One return that is or was due: when it was to come, whether it came, and what became of it.

    A partner with which nothing is agreed has one row without a quarter: nothing is due of it and nothing is late.
    `version` is 0 where nothing counts; `release` is the newest one that took it.
    """

    partner: str
    quarter: str
    state: State
    due: date | None = None
    received_at: datetime | None = None
    version: int = 0
    failed_checks: int = 0
    open_until: date | None = None
    release: str = ""
    deleted: bool = False

    @property
    def met(self) -> bool:
        """Whether it came in time and passed every check: nothing else is accepted."""
        return self.state == "on time"


def status(catalogue: Catalogue, ledger: Iterable[Entry], today: date) -> tuple[Standing, ...]:
    """Every partner's returns, from the first quarter agreed to the one before today's, and others that were sent."""
    ledger = tuple(ledger)
    counting: dict[tuple[str, str], list[Version]] = {}
    for one in versions_of(ledger):
        if not one.withdrawn_at:
            counting.setdefault((one.partner, one.quarter), []).append(one)
    failed = Counter((one.partner, one.quarter) for one in ledger if one.action == "check-failed")
    rows = []
    for partner in catalogue.partners:
        asked = tuple(quarters_due(catalogue, partner, today))
        named = {quarter for id_, quarter in (*counting, *failed) if id_ == partner.id}
        if not asked and not partner.agreed_from:
            rows.append(Standing(partner.id, "", "nothing agreed"))
        for quarter in sorted({*asked, *named}):
            pair = partner.id, quarter
            due = due_date(partner, quarter) if quarter in asked else None
            rows.append(_standing(pair, due, counting.get(pair, []), failed[pair], today))
    return tuple(rows)


def quarters_due(catalogue: Catalogue, partner: Partner, today: date) -> Iterator[str]:
    """The quarters that a partner has agreed to send, that are over, and in which anything is asked of it."""
    if not partner.agreed_from:
        return
    period = quarter_named(partner.agreed_from)
    while end_of(period) < today:
        if asked_of(catalogue, partner, quarter_name(period)):
            yield quarter_name(period)
        period = Period(shifted(period.start, 3), shifted(period.end, 3))


def returns_due_and_met(catalogue: Catalogue, ledger: Iterable[Entry], quarter: str, today: date) -> tuple[int, int]:
    """How many returns fell due in a quarter, and how many of these came in time and passed every check.

    (0, 0) until the quarter is over: until then a number of those due would change. For measure P5.9; no names.
    """
    period = quarter_named(quarter)
    if today <= end_of(period):
        return 0, 0
    first, last = month_number(period.start), month_number(period.end)
    due = [row for row in status(catalogue, ledger, today) if row.due and first <= _month(row.due) <= last]
    return len(due), sum(row.met for row in due)


def _standing(
    pair: tuple[str, str], due: date | None, counting: list[Version], failed: int, today: date
) -> Standing:  # fmt: skip
    """One row; a return is as early as the first version that still counts, so a correction makes nothing late."""
    if not counting:
        state: State = "not asked for" if due is None else "overdue" if today > due else "not due yet"
        return Standing(*pair, state, due, failed_checks=failed)
    first, last = counting[0], counting[-1]
    came: State = "not asked for" if due is None else "late" if day_of(first.accepted_at) > due else "on time"
    release = next((one.releases[-1] for one in reversed(counting) if one.releases), "")
    deleted = last.forgotten_at is not None
    return Standing(*pair, came, due, last.accepted_at, last.number, failed, last.open_until, release, deleted)


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1
