"""What a reader knows, as bounds on sums of unknown counts."""

from dataclasses import dataclass

from vawg_metrics.disclosure.grid import Cell, DisclosureError


@dataclass(frozen=True, slots=True)
class Known:
    """low <= sum of factor x cell <= high (None: no bound), and `where`: what the reader received that says so."""

    terms: tuple[tuple[Cell, int], ...]
    low: int | None
    high: int | None
    where: str

    def __str__(self) -> str:
        return self.where or " ".join(f"{factor:+d} x {cell}" for cell, factor in self.terms)


@dataclass(frozen=True)
class System:
    """Unknown counts, each a whole number from 0, and all that is known of them.

    Raises DisclosureError when a Known names a cell that is not among `cells`, one cell twice, none, or a factor 0.
    """

    cells: tuple[Cell, ...]
    knowns: tuple[Known, ...]

    def __post_init__(self) -> None:
        there = set(self.cells)
        faults = []
        for known in self.knowns:
            named = [cell for cell, _ in known.terms]
            strangers = [str(cell) for cell in named if cell not in there]
            if strangers:
                faults.append(f"{known}: it speaks of cells that are not in the system: {'; '.join(strangers)}.")
            if not named or len(set(named)) < len(named) or any(factor == 0 for _, factor in known.terms):
                faults.append(f"{known}: it needs at least one cell, each named once and with a factor other than 0.")
        if faults:
            raise DisclosureError("\n".join(faults))


def bounds_of(system: System) -> dict[Cell, tuple[int, int | None]]:
    """The bounds that statements about single cells put on them; low may exceed high when they contradict."""
    bounds: dict[Cell, tuple[int, int | None]] = dict.fromkeys(system.cells, (0, None))
    for known in system.knowns:
        if len(known.terms) > 1:
            continue
        ((cell, factor),) = known.terms
        below, above = (known.low, known.high) if factor > 0 else (known.high, known.low)
        low, high = bounds[cell]
        if below is not None:
            low = max(low, -(-below // factor))
        if above is not None:
            high = above // factor if high is None else min(high, above // factor)
        bounds[cell] = (low, high)
    return bounds


def telling(system: System, bounds: dict[Cell, tuple[int, int | None]]) -> tuple[Known, ...]:
    """The statements about sums that say more than the bounds of their cells do.

    The others would only join what is apart: a sum of four rounded quarters says nothing that the quarters do not.
    """
    kept = []
    for known in system.knowns:
        low, high = 0, 0
        unlimited_below = unlimited_above = False
        for cell, factor in known.terms:
            least, most = bounds[cell]
            if factor < 0:
                unlimited_below |= most is None
                low += factor * (most or 0)
                high += factor * least
            else:
                unlimited_above |= most is None
                low += factor * least
                high += factor * (most or 0)
        below = known.low is None or (not unlimited_below and low >= known.low)
        above = known.high is None or (not unlimited_above and high <= known.high)
        if len(known.terms) > 1 and not (below and above):
            kept.append(known)
    return tuple(kept)
