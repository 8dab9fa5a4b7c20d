"""Small worlds of returns for tests of protection: a few real measures, and returns with many small counts."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from random import Random

from vawg_metrics.catalogue.definitions import Catalogue
from vawg_metrics.catalogue.load import load_catalogue
from vawg_metrics.catalogue.returned import Line
from vawg_metrics.returns.contract import Asked, Given, Return, asked_of

MEASURES = (
    "support_referrals_rate",
    "referrals_declined_capacity_share",
    "people_waiting_for_support",
    "support_started_in_time_share",
    "marac_cases_rate",
    "marac_repeat_share",
    "people_contributing",
    "contributors_paid_share",
    "vacant_posts_share",
    "domestic_abuse_days_to_outcome",
)
QUARTERS = ("2025-26 Q1", "2025-26 Q2", "2025-26 Q3", "2025-26 Q4")


def catalogue_of(ids: Iterable[str] = MEASURES, consents: bool = True) -> Catalogue:
    """The real catalogue with some of its measures from partners, whose suppliers consent to be seen or not."""
    whole, wanted = load_catalogue(), tuple(ids)
    partners = tuple(
        replace(one, supplies=tuple(id_ for id_ in one.supplies if id_ in wanted), consents=consents)
        for one in whole.partners
    )
    indicators = tuple(one for one in whole.indicators if one.id in wanted)
    return replace(whole, indicators=indicators, partners=tuple(one for one in partners if one.supplies))


def returns_of(catalogue: Catalogue, seed: int, quarters: Iterable[str] = QUARTERS, most: int = 9) -> list[Return]:
    """A return of every partner for every quarter: counts from 0 to `most`, and now and then a large one."""
    random = Random(seed)
    return [
        Return(partner.id, quarter, tuple(_given(asked_of(catalogue, partner, quarter), random, most)))
        for quarter in quarters
        for partner in catalogue.partners
        if asked_of(catalogue, partner, quarter)
    ]


def _given(cells: tuple[Asked, ...], random: Random, most: int) -> Iterator[Given]:
    lines = {cell.line.id: cell.line for cell in cells}
    counts: dict[tuple[str, str, str], int] = {}
    for line in sorted(lines.values(), key=lambda one: (_depth(one, lines), one.id)):
        own = [cell for cell in cells if cell.line.id == line.id]
        for cell in own:
            if cell.group or not line.groups:
                counts[cell.key] = _drawn(cell, counts, random, most)
        for cell in own:
            if line.groups and not cell.group:
                counts[cell.key] = sum(counts[line.id, split.id, cell.area.code] for split in line.groups)
    return (Given(*cell.key, counts[cell.key], "nil" if counts[cell.key] == 0 else "") for cell in cells)


def _depth(line: Line, lines: dict[str, Line]) -> int:
    return 1 + _depth(lines[line.part_of], lines) if line.part_of in lines else 0


def _drawn(cell: Asked, counts: dict[tuple[str, str, str], int], random: Random, most: int) -> int:
    of, area = cell.line.part_of, cell.area.code
    same = [counts[key] for key in ((of, cell.group, area), (of, "", area)) if key in counts]
    if not same and of and area == "E10000018":
        inside = [n for (line, group, place), n in counts.items() if line == of and not group and place[:3] == "E07"]
        same = [sum(inside)]
    large = random.random() < 0.15
    drawn = random.randint(30, 300) if large else random.randint(0, most)
    return min(drawn, same[0]) if same else drawn


def changed(returns: list[Return], partner: str, quarter: str, key: tuple[str, str, str], count: int) -> list[Return]:
    """The same returns, one cell of one of them revised."""

    def one(given: Given) -> Given:
        return replace(given, count=count, state="") if given.key == key else given

    return [
        replace(sent, given=tuple(map(one, sent.given))) if (sent.partner, sent.quarter) == (partner, quarter) else sent
        for sent in returns
    ]
