"""One release of protected facts, prepared: which returns it takes, what it gives out, and what it keeps as it was."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from vawg_metrics.areas import LLR
from vawg_metrics.catalogue.definitions import Catalogue
from vawg_metrics.catalogue.returned import COMPUTED_LINES, RETURNS
from vawg_metrics.periods import Period, quarter_name, quarter_named, shifted
from vawg_metrics.protection.building import Rounded, protect
from vawg_metrics.protection.vault import Vault, open_vault
from vawg_metrics.published import read_facts, read_manifest
from vawg_metrics.returns.contract import period_of
from vawg_metrics.returns.due import end_of, ripe
from vawg_metrics.returns.folder import read_key
from vawg_metrics.returns.ledger import Entry, read_ledger, versions_of
from vawg_metrics.returns.status import returns_due_and_met
from vawg_metrics.returns.store import Accepted, accepted
from vawg_metrics.sources.contract import Fact


@dataclass(frozen=True)
class Prepared:
    """A release that is not written yet.

    `facts` is all that may leave; `taken` the returns that it takes and `waiting` those whose suppliers may still
    object; `rounded` and `vault` are for the auditor and for the restricted folder alone.
    """

    facts: tuple[Fact, ...]
    taken: tuple[Accepted, ...]
    waiting: tuple[Accepted, ...]
    rounded: tuple[Rounded, ...]
    vault: Vault


def prepare(catalogue: Catalogue, folder: Path, protected: Path, today: date, take_open: bool = False) -> Prepared:
    """What a release of this day would give out.

    Arguments: the restricted `folder`; `protected`, the folder of the release before, whose facts stay where the raw
    values behind them are deleted; `take_open`, whether to take those too whose suppliers may still object.
    Raises ShownError where the folder or what it holds is not as it should be.
    """
    held = accepted(folder)
    taken = tuple(one for one in held if take_open or ripe(one, today))
    waiting = tuple(one for one in held if one not in taken)
    vault = open_vault(folder)
    entries = read_ledger(folder)
    key = read_key(folder, bool(vault.releases)) if held else b""
    made = protect(catalogue, [one.return_ for one in taken], key, today, vault.rounded) if taken else None
    facts = [*(made.facts if made else ()), *_of_register(catalogue, entries, today)]
    known = {fact.key for fact in facts}
    facts += [fact for fact in _kept(catalogue, entries, protected) if fact.key not in known]
    return Prepared(
        tuple(sorted(facts, key=lambda fact: fact.key)), taken, waiting, made.rounded if made else (), vault
    )


def periods_in(catalogue: Catalogue, quarter: str) -> frozenset[Period]:
    """Every period that a return of a quarter speaks of: the quarter, and with the fourth the years."""
    found = (period_of(one, quarter) for one in catalogue.indicators if one.from_partners)
    return frozenset(period for period in found if period is not None)


def _of_register(catalogue: Catalogue, entries: Iterable[Entry], today: date) -> Iterator[Fact]:
    """How many returns fell due in each quarter that is over, and how many came in time and sound: no names."""
    held = tuple(entries)
    firsts = [quarter_named(one.agreed_from) for one in catalogue.partners if one.agreed_from]
    period = min(firsts, default=None)
    while period is not None and end_of(period) < today:
        counts = returns_due_and_met(catalogue, held, quarter_name(period), today)
        if counts[0]:
            for line, count in zip(COMPUTED_LINES, counts, strict=True):
                yield Fact(LLR.code, period.start, period.end, line, "", count)
        period = Period(shifted(period.start, 3), shifted(period.end, 3))


def _kept(catalogue: Catalogue, entries: Iterable[Entry], protected: Path) -> Iterator[Fact]:
    """The facts of the release before whose raw values are deleted by now: they stay as they were given out."""
    manifest = read_manifest(protected)
    if RETURNS not in manifest.facts:
        return
    quarters = {one.quarter for one in versions_of(entries) if one.forgotten_at}
    periods = {period for quarter in quarters for period in periods_in(catalogue, quarter)}
    for fact in read_facts(protected, manifest.facts[RETURNS]):
        if Period(fact.start, fact.end) in periods:
            yield fact
