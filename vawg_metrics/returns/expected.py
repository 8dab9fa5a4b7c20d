"""The words that may stand in a return without being looked at: those that the template itself puts there."""

from collections.abc import Iterator
from dataclasses import astuple, dataclass

from vawg_metrics.areas import HOME
from vawg_metrics.catalogue.definitions import Catalogue, Indicator
from vawg_metrics.catalogue.returned import Partner
from vawg_metrics.periods import MONTH_NAMES
from vawg_metrics.returns.check_sheet import FLAGS, ROW_COLUMNS, SAME_REPAIR, SAME_SUMMARY
from vawg_metrics.returns.contract import STATES, UNPLACED_WORDS
from vawg_metrics.returns.handling import handling_of
from vawg_metrics.returns.likeness import folded, words_in
from vawg_metrics.returns.sheet import (
    ALL,
    COLUMNS,
    GUIDES,
    NOT_HELD,
    REASONS,
    SHEETS,
    NothingAsked,
    definitions_of,
    head_rows,
    measure_words,
    rows_of,
)
from vawg_metrics.returns.template_sheets import CHECK_COLUMNS, CHECK_GUIDE, DEFINITION_COLUMNS, ROWS_TITLE

_MORE_WORDS = "every check is passed save the file ok look of the same this not applicable quarter row rows see lines"


@dataclass(frozen=True)
class Expected:
    """Whole texts (folded) that are the template's own, and single words that are the catalogue's, so no names."""

    texts: frozenset[str]
    known: frozenset[str]


def expected_of(catalogue: Catalogue, partner: Partner | None, quarter: str) -> Expected:
    """What the template of a partner and quarter holds; without these, what any template of the catalogue holds."""
    own = set(_of_catalogue(catalogue))
    if partner is not None and quarter:
        own.update(_of_template(catalogue, partner, quarter))
    known = {word for text in own for word in words_in(text)}
    known.update(word for one in catalogue.indicators for text in _texts(one) for word in words_in(text))
    known.update(words_in(_MORE_WORDS))
    return Expected(frozenset(folded(text) for text in own), frozenset(known))


def _of_catalogue(catalogue: Catalogue) -> Iterator[str]:
    yield from (*SHEETS, *COLUMNS, *GUIDES, *REASONS, *STATES, *MONTH_NAMES, *ROW_COLUMNS, *CHECK_COLUMNS)
    yield from (ALL, NOT_HELD, UNPLACED_WORDS, SAME_SUMMARY, SAME_REPAIR, CHECK_GUIDE, ROWS_TITLE, *DEFINITION_COLUMNS)
    yield from (area.name for area in HOME)
    yield from (text for flag in FLAGS for text in (flag.summary, flag.repair))
    for partner in catalogue.partners:
        yield partner.name
        yield from (text for pair in handling_of(partner, catalogue.return_rules) for text in pair)
    for one in catalogue.indicators:
        if one.returned:
            yield measure_words(one)
            for line in one.returned:
                yield line.label
                yield from (group.label for group in line.groups)


def _of_template(catalogue: Catalogue, partner: Partner, quarter: str) -> Iterator[str]:
    for row in head_rows(partner, quarter):
        yield from row
    try:
        rows = rows_of(catalogue, partner, quarter)
    except NothingAsked:
        return
    for one in rows:
        yield one.what
    for definition in definitions_of(rows, catalogue):
        yield from astuple(definition)


def _texts(one: Indicator) -> tuple[str, ...]:
    return (one.title, one.question, one.why, one.method, *one.includes, *one.excludes, *one.caveats)
