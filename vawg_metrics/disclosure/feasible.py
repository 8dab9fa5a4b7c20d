"""What a reader can work out: the least and greatest count of each cell that all the reader knows leaves open.

A reader's knowledge is a list of bounds on sums of cells (`Known`, made by disclosure.heard). The possible counts of a
cell are found by integer programming, and every solution is checked again in exact whole numbers. A reader who does
the same cannot find more; one who knows the code and not the key has nothing else to use.
"""

import heapq
import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from vawg_metrics.disclosure.grid import Cell, DisclosureError, connected
from vawg_metrics.disclosure.known import Known, System, bounds_of, telling
from vawg_metrics.disclosure.programme import Programme
from vawg_metrics.disclosure.rules import LEAST_CANDIDATES

__all__ = ["Interval", "Known", "System", "interval_of", "weakest"]

MOST_TO_TRY: Final = 60  # among so many statements those that contradict each other are found by leaving each out


@dataclass(frozen=True, slots=True)
class Interval:
    """The least and the greatest possible count of a cell; `high` None: it has no upper end.

    `only` lists the possible counts where fewer than five remain and are not all those from low to high (even numbers
    only, for instance). `exact` False: at least five counts from low to high are possible, and perhaps more outside.
    """

    low: int
    high: int | None
    only: tuple[int, ...] = ()
    exact: bool = True

    @property
    def candidates(self) -> float:
        """How many counts remain possible (math.inf without an upper end): exact wherever it is under five."""
        if self.high is None:
            return math.inf
        return len(self.only) or self.high - self.low + 1

    @property
    def under_five(self) -> bool:
        """Fewer than five counts remain: the reader all but knows."""
        return self.candidates < LEAST_CANDIDATES

    @property
    def recovered(self) -> bool:
        """One count remains: the reader knows."""
        return self.candidates == 1

    @property
    def provable_zero(self) -> bool:
        """The reader can prove that nobody was counted."""
        return self.high == 0

    def words(self) -> str:
        """`3 values, 1 to 3`, `recovered: it is 4`, `provably zero`, `2 or more`."""
        if self.high is None:
            return f"{self.low} or more"
        if self.recovered:
            return f"recovered: it is {self.low}" if self.high else "provably zero"
        values = ", ".join(str(value) for value in self.only) if self.only else f"{self.low} to {self.high}"
        return f"{'' if self.exact else 'at least '}{self.candidates:.0f} values, {values}"


def interval_of(system: System, cell: Cell, least: int = LEAST_CANDIDATES) -> Interval:
    """The exact least and greatest count that a cell has in any solution of the system.

    Arguments: `system`, people; `cell`, one of its cells; `least`, up to how many possible counts are found one by
    one, so that gaps between the ends are not taken for possible counts. Raises DisclosureError when the system
    contradicts itself or does not hold the cell.
    Source: Fischetti and Salazar 2000, Journal of the American Statistical Association 95:916 (the attacker's
    programmes: least and greatest value of a cell subject to all that is published).
    """
    _there(system, (cell,))
    for programme in _programmes(system):
        if cell in programme.place:
            interval = _interval(system, programme, programme.place[cell], least)
        else:
            _solvable(system, programme)
    return interval


def weakest(
    system: System, sensitive: Iterable[Cell], least: int = LEAST_CANDIDATES, first: int = 5
) -> tuple[tuple[Cell, Interval], ...]:
    """The intervals of all sensitive cells, narrowest first.

    Arguments: `system`, people; `sensitive`, cells of it; `least`, how many counts must stay possible; `first`, how
    many of the narrowest intervals are wanted exactly. Every interval with fewer than `least` candidates is exact; so
    are the `first` of the list, and no later one is narrower than they are. The others are proven to hold `least`
    candidates by solutions that are that far apart (`exact` False), which takes far less time.
    Raises DisclosureError when the system contradicts itself or does not hold a cell. Source: as interval_of.
    """
    wanted = sorted(set(sensitive))
    _there(system, wanted)
    home: dict[Cell, Programme] = {}
    known: dict[Cell, Interval] = {}
    for programme in _programmes(system):
        own = [cell for cell in wanted if cell in programme.place]
        home |= dict.fromkeys(own, programme)
        apart = programme.far_apart((programme.place[cell] for cell in own), least - 1) if programme.knowns else {}
        known |= {programme.cells[place]: _proven(programme, place, ends) for place, ends in apart.items()}
        if not apart:  # otherwise there are solutions
            _solvable(system, programme)
    # Unproven cells are solved first, then the narrowest proven ones, those that cannot be wide before others.
    waiting = [
        (known[cell].candidates if cell in known else 0.0, home[cell].width(home[cell].place[cell]), cell)
        for cell in wanted
    ]
    heapq.heapify(waiting)
    settled: list[tuple[Cell, Interval]] = []
    while waiting:
        _, most, cell = heapq.heappop(waiting)
        if cell in known and (known[cell].exact or len(settled) >= first):
            settled.append((cell, known[cell]))
        else:
            known[cell] = _interval(system, home[cell], home[cell].place[cell], least)
            heapq.heappush(waiting, (known[cell].candidates, most, cell))
    return tuple(sorted(settled, key=lambda one: (one[1].candidates, not one[1].exact, one[0])))


def _proven(programme: Programme, place: int, ends: tuple[int, int]) -> Interval:
    """The interval that two distant solutions prove: exact where the cell's own bounds allow no more."""
    return Interval(*ends, exact=ends == (programme.low[place], programme.high[place]))


def _there(system: System, cells: Iterable[Cell]) -> None:
    strangers = sorted(set(cells).difference(system.cells))
    if strangers:
        raise DisclosureError(f"Nothing is known of {'; '.join(str(cell) for cell in strangers)}: not in the system.")


def _programmes(system: System) -> tuple[Programme, ...]:
    """One programme for each group of cells that some statement joins."""
    bounds = bounds_of(system)
    knowns = telling(system, bounds)
    groups = connected(system.cells, ((cell for cell, _ in known.terms) for known in knowns))
    home = {cell: number for number, cells in enumerate(groups) for cell in cells}
    own: list[list[Known]] = [[] for _ in groups]
    for known in knowns:
        own[home[known.terms[0][0]]].append(known)
    return tuple(Programme(cells, bounds, said) for cells, said in zip(groups, own, strict=True))


def _solvable(system: System, programme: Programme) -> None:
    """DisclosureError when the programme has no solution: nothing is safe that could not be so."""
    if programme.solution() is None:
        raise DisclosureError(_contradiction(system, programme))


def _interval(system: System, programme: Programme, place: int, least: int) -> Interval:
    """Both ends, and the counts between them one by one until `least` are found."""
    bottom = programme.least(place)
    if bottom is None:
        raise DisclosureError(_contradiction(system, programme))
    top = programme.greatest(place)
    if top is None:
        return Interval(bottom[place], None)
    low, high = bottom[place], top[place]
    width = high - low
    # All moves between the two solutions divide evenly: then each count between is possible, as each sum is bounded.
    if width == 0 or all((last - first) % width == 0 for first, last in zip(bottom, top, strict=True)):
        return Interval(low, high)
    found = [low]
    while found[-1] < high and len(found) < least:
        following = programme.least(place, found[-1] + 1)
        found.append(high if following is None else following[place])
    all_found = found[-1] == high
    return Interval(low, high, only=tuple(found) if all_found and len(found) <= width else ())


def _contradiction(system: System, programme: Programme) -> str:
    """What cannot all be true, narrowed to statements each of which is needed for the contradiction."""
    cells = set(programme.cells)
    blamed = [known for known in system.knowns if cells.issuperset(cell for cell, _ in known.terms)]
    for known in list(blamed) if len(blamed) <= MOST_TO_TRY else ():
        fewer = [one for one in blamed if one is not known]
        rest = System(programme.cells, tuple(fewer))
        bounds = bounds_of(rest)
        if Programme(programme.cells, bounds, telling(rest, bounds)).solution() is None:
            blamed = fewer
    return f"What is known contradicts itself; these cannot all be true: {'; '.join(str(known) for known in blamed)}."
