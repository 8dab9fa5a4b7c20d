"""The folder of protected facts, written as that of published ones is: a manifest names what counts."""

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from vawg_metrics.catalogue.returned import RETURNS
from vawg_metrics.periods import Period
from vawg_metrics.published import Manifest, Provenance, pack_facts, replace_published
from vawg_metrics.sources.contract import Fact

GIVEN: Final = "cells given, people among them rounded"
NOT_GIVEN: Final = "cells not known or protected"


def write_protected(folder: Path, facts: Iterable[Fact]) -> None:
    """Write protected facts to a folder, with what each period holds.

    Nothing but the facts goes into it: no partner, no version, no hash of a return, from which counts could be tried.
    """
    by_period: dict[Period, list[Fact]] = {}
    for fact in facts:
        by_period.setdefault(Period(fact.start, fact.end), []).append(fact)
    told = {period: _provenance(period, own) for period, own in by_period.items()}
    cited = {fact: (told[period].id,) for period, own in by_period.items() for fact in own}
    stored, content = pack_facts(RETURNS, cited)
    folder.mkdir(parents=True, exist_ok=True)
    replace_published(folder, Manifest({RETURNS: stored}, {}, tuple(told.values())), {stored.file: content})


def _provenance(period: Period, facts: Sequence[Fact]) -> Provenance:
    rows = sorted((*fact.key, "" if fact.count is None else str(fact.count), fact.marker) for fact in facts)
    digest = hashlib.sha256(repr(rows).encode("utf-8")).hexdigest()
    known = sum(fact.count is not None for fact in facts)
    parts = ((GIVEN, known),), ((NOT_GIVEN, len(facts) - known),)
    name = f"partner returns, {period.words()}"
    return Provenance(digest, RETURNS, name, "protected", (period.start, period.end), len(facts), *parts, len(facts))
