"""The audit itself: what was received beside what the released counts explain, and what all of it leaves open."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from vawg_metrics.audit.explained import Expected, Explained, same, values_of
from vawg_metrics.audit.knowledge import Released, known_of, released
from vawg_metrics.audit.numbers_in_words import unexplained_in
from vawg_metrics.audit.received import FIGURES, Number, Place, Words, received
from vawg_metrics.catalogue.definitions import Catalogue, Indicator
from vawg_metrics.disclosure import Cell, DisclosureError
from vawg_metrics.disclosure.feasible import Interval, System, weakest
from vawg_metrics.disclosure.heard import printed_rate, summed
from vawg_metrics.disclosure.known import Known
from vawg_metrics.protection.vault import GivenOut
from vawg_metrics.reading import Release
from vawg_metrics.sources.contract import Fact

Found = tuple[list[str], list[Known]]  # what is not explained, in words; what it says of the truth
FINE: Final[Found] = ([], [])
DIGITS: Final = 9  # numbers of a chart are compared to so many significant digits


@dataclass(frozen=True)
class Audit:
    """What an audit found: how narrow each sensitive count is left, and what the released counts leave unexplained.

    `received` is how many numbers and sentences were looked at; `intervals` are narrowest first; `contradiction` says
    why nothing could be solved, '' where it could.
    """

    received: int
    intervals: tuple[tuple[Cell, Interval], ...]
    unexplained: tuple[str, ...]
    contradiction: str = ""

    @property
    def weak(self) -> tuple[tuple[Cell, Interval], ...]:
        """The counts that a reader can tell to fewer than five values, or can prove to be zero."""
        return tuple((cell, one) for cell, one in self.intervals if one.under_five or one.provable_zero)

    @property
    def passed(self) -> bool:
        return not (self.weak or self.unexplained or self.contradiction)


def audit(
    release: Release,
    facts: Iterable[Fact],
    before: Sequence[GivenOut] = (),
    step: Callable[[str], None] = lambda _: None,
    things: Iterable[Number | Words] | None = None,
) -> Audit:
    """Audit everything that a reader of a release can receive.

    Arguments: the `release`, opened on the facts that are to be released; these `facts`; `before`, what earlier
    releases showed of counts that still stand; `things`, what was received (all that the code makes of the release
    when not given). A received number that the facts do not explain is taken to come from the truth, and becomes a
    bound on it. Source: protection policy, point 7.
    """
    held = tuple(facts)
    seen = released(release.catalogue, held)
    listener = _Listener(release.catalogue, seen, Explained(held))
    count = 0
    for one in received(release, step) if things is None else things:
        listener.hear(one)
        count += 1
    knowns = [*known_of(release.catalogue, seen, before), *listener.heard]
    try:
        intervals = weakest(System(seen.cells, tuple(knowns)), seen.cells) if seen.cells else ()
    except DisclosureError as error:
        return Audit(count, (), tuple(dict.fromkeys(listener.unexplained)), str(error))
    return Audit(count, intervals, tuple(dict.fromkeys(listener.unexplained)))


class _Listener:
    """Hears one thing after the other, and keeps what the released counts do not explain."""

    def __init__(self, catalogue: Catalogue, seen: Released, explained: Explained) -> None:
        self._catalogue, self._explained = catalogue, explained
        self._there = frozenset(seen.cells)
        self._open: dict[tuple[str, Place], int] = {}  # residents and households: open figures, not of partners
        self._given: dict[str, set[float]] = {}  # every explained number of a measure, for what charts draw of it
        self._parts: dict[tuple[str, str, str, str], list[float]] = {}  # the explained counts of a figure's groups
        self._shared: dict[str, set[float]] = {}
        self.unexplained: list[str] = []
        self.heard: list[Known] = []

    def hear(self, one: Number | Words) -> None:
        """Take in a number or a sentence."""
        if isinstance(one, Words):
            found = self._of_words(one)
        elif one.role == "drawn":
            found = self._of_chart(one)
        elif one.role in ("numerator", "denominator"):
            found = self._of_count(one)
        else:
            found = self._of_value(one)
        if found is FINE and isinstance(one, Number):
            self._given.setdefault(one.indicator, set()).add(_rounded(one.number))
            if one.role == "numerator" and one.at[3] and one.where == FIGURES:
                self._parts.setdefault((one.indicator, *one.at[:3]), []).append(one.number)
        self.unexplained += found[0]
        self.heard += found[1]

    def _expected(self, one: Number) -> tuple[Indicator, Expected]:
        indicator = self._catalogue.indicator(one.indicator)
        return indicator, self._explained.figure(indicator, *one.at)

    def _of_count(self, one: Number) -> Found:
        _, wanted = self._expected(one)
        upper = one.role == "numerator"
        count, cells = (wanted.numerator, wanted.above) if upper else (wanted.denominator, wanted.below)
        if not cells:
            if one.where == FIGURES:
                self._open[one.indicator, one.at] = round(one.number)
            return FINE if self._open.get((one.indicator, one.at)) == one.number else ([one.words()], [])
        if count is not None and same(one.number, count):
            return FINE
        there = all(cell in self._there for cell in cells)
        return [one.words()], [summed(cells, round(one.number), 0, one.words())] if there else []

    def _of_value(self, one: Number) -> Found:
        """A value or a limit: given by the counts, or else of a truth that may be read from it."""
        indicator, wanted = self._expected(one)
        if one.role == "other":
            return FINE  # worked out in the sealed warehouse, where nothing but the facts is
        whole = wanted.denominator if wanted.below else self._open.get((one.indicator, one.at))
        if wanted.numerator is not None:
            given = values_of(indicator, wanted.numerator, whole)
            if one.role in given and same(given[one.role], one.number):
                return FINE
        if one.role != "value" or not whole or len(wanted.above) != 1 or wanted.above[0] not in self._there:
            return [one.words()], []
        return [one.words()], [printed_rate(wanted.above[0], repr(one.number), whole, indicator.per, one.words())]

    def _of_chart(self, one: Number) -> Found:
        if _rounded(one.number) in self._given.get(one.indicator, set()) | self._shares(one.indicator):
            return FINE
        return [one.words()], []

    def _shares(self, indicator: str) -> set[float]:
        """The groups of each figure as shares of their sum, in per cent."""
        if indicator not in self._shared:
            groups = [parts for key, parts in self._parts.items() if key[0] == indicator]
            self._shared[indicator] = {
                _rounded(100 * part / sum(parts)) for parts in groups if sum(parts) for part in parts
            }
        return self._shared[indicator]

    def _of_words(self, one: Words) -> Found:
        """The numbers of a sentence that the figures of its reading do not explain."""
        found = unexplained_in(one.text, one.reading)
        id_ = one.reading.indicator.id
        return ([f"{one.where}: {id_}: {token} in '{one.text[:160]}'" for token in found], []) if found else FINE


def _rounded(number: float) -> float:
    return float(f"{number:.{DIGITS}g}")
