"""An integer programme over counts that some knowledge joins: HiGHS finds, exact whole numbers check."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from vawg_metrics.disclosure.grid import Cell, DisclosureError
from vawg_metrics.disclosure.known import Known

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    Floats = NDArray[np.float64]

Solution = tuple[int, ...]
SOLVED, INFEASIBLE, UNBOUNDED, UNCLEAR = 0, 2, 3, 4  # what scipy.optimize.milp answers
TOLERANCE: Final = 1e-6  # of HiGHS, for whole numbers and for bounds
NODES: Final = 20  # how long to look for distant solutions: any will do, so not long
ROUNDS: Final = 12  # of looking for them; what is left is solved cell by cell


class Programme:
    """Cells with their bounds and the statements that join them. `place` gives a cell's position in a solution."""

    def __init__(
        self, cells: Sequence[Cell], bounds: Mapping[Cell, tuple[int, int | None]], knowns: Sequence[Known]
    ) -> None:
        self.cells = tuple(cells)
        self.place = {cell: number for number, cell in enumerate(self.cells)}
        self.low = [bounds[cell][0] for cell in self.cells]
        self.high = [bounds[cell][1] for cell in self.cells]
        self.knowns = tuple(knowns)

    def width(self, place: int) -> float:
        """How many counts the cell's own bounds leave it: it cannot have more."""
        top = self.high[place]
        return float("inf") if top is None else top - self.low[place] + 1

    def solution(self) -> Solution | None:
        """Any solution; None when there is none."""
        return self._optimum(0, 0)

    def least(self, place: int, start: int = 0) -> Solution | None:
        """The solution with the least count at `place`, from `start` on; None when there is none."""
        return self._optimum(place, 1, start)

    def greatest(self, place: int) -> Solution | None:
        """The solution with the greatest count at `place`; None when it has no end. A solution must exist."""
        return self._optimum(place, -1)

    def far_apart(self, places: Iterable[int], step: int) -> dict[int, tuple[int, int]]:
        """Pairs of counts at least `step` apart, with step - 1 possible counts evenly between them, where soon found.

        A start and a move are sought together, such that the start and the start after `step` moves are both
        solutions. Every statement is a bound on a sum, so the start after 1, 2, ... moves is a solution too, and a
        cell that the move changes has step + 1 possible counts. This proves most cells of a grid in a few programmes.
        """
        import numpy as np

        found: dict[int, tuple[int, int]] = {}
        missing = sorted(places)
        directions = np.random.default_rng(len(self.cells))  # any directions will do, but always the same ones
        for _ in range(ROUNDS):
            pull = np.zeros(len(self.cells))
            pull[missing] = directions.choice([-1.0, 1.0], size=len(missing))
            pair = self._pair(pull, step) if missing else None
            if pair is None:
                break
            moved = {place: (pair[0][place], pair[1][place]) for place in missing if pair[0][place] != pair[1][place]}
            found |= {place: (min(ends), max(ends)) for place, ends in moved.items()}
            missing = [place for place in missing if place not in moved]
        return found

    @cached_property
    def _matrix(self) -> "csr_array":
        import numpy as np
        from scipy.sparse import csr_array

        row = [number for number, known in enumerate(self.knowns) for _ in known.terms]
        column = [self.place[cell] for known in self.knowns for cell, _ in known.terms]
        factors = np.array([factor for known in self.knowns for _, factor in known.terms], dtype=float)
        return csr_array((factors, (row, column)), shape=(len(self.knowns), len(self.cells)))

    @cached_property
    def _sides(self) -> "tuple[Floats, Floats]":
        return _ends([known.low for known in self.knowns]), _ends([known.high for known in self.knowns], top=True)

    def _optimum(self, place: int, direction: int, start: int = 0) -> Solution | None:
        """Least (1) or greatest (-1) count at `place`, or any solution (0)."""
        import numpy as np

        low = [max(low, start) if number == place else low for number, low in enumerate(self.low)]
        if any(top is not None and below > top for below, top in zip(low, self.high, strict=True)):
            return None
        if not self.knowns:
            top = self.high[place]
            if direction == -1:
                return None if top is None else (*low[:place], top, *low[place + 1 :])
            return tuple(low)
        aim = np.zeros(len(self.cells))
        aim[place] = direction
        asked = (aim, _ends(low), _ends(self.high, top=True), self._matrix, self._sides)
        answer = _run(*asked)
        if answer.status == UNCLEAR:  # "unbounded or infeasible", or a failure: the plain way tells them apart
            answer = _run(*asked, presolve=False)
        if answer.status == INFEASIBLE or (answer.status == UNBOUNDED and direction == -1):
            return None
        if answer.status != SOLVED:
            raise DisclosureError(f"The audit of {self.cells[place]} did not come to an end: {answer.message}")
        found = tuple(round(value) for value in answer.x)
        broken = self._broken(found)
        if broken:
            raise DisclosureError(f"The solver's answer does not hold in exact numbers: {'; '.join(broken)}.")
        if direction * found[place] - answer.mip_dual_bound > 1 - TOLERANCE:
            raise DisclosureError(f"The audit of {self.cells[place]} found {found[place]} and did not prove it.")
        return found

    def _pair(self, pull: "Floats", step: int) -> tuple[Solution, Solution] | None:
        """Two solutions `step` equal moves apart, moved as `pull` says as far as they can; None when not soon found."""
        import numpy as np
        from scipy.sparse import block_array

        size, low, high = len(self.cells), _ends(self.low), _ends(self.high, top=True)
        ones = _identity(size)
        matrix = block_array([[self._matrix, None], [self._matrix, step * self._matrix], [ones, step * ones]])
        sides = (np.concatenate([self._sides[0]] * 2 + [low]), np.concatenate([self._sides[1]] * 2 + [high]))
        for whole in (False, True):  # fractions allowed is far quicker, and as a rule none comes
            answer = _run(
                np.concatenate([np.zeros(size), -pull]),
                np.concatenate([low, np.full(size, -1.0)]),
                np.concatenate([high, np.full(size, 1.0)]),
                matrix,
                sides,
                whole=whole,
                mip_rel_gap=0.3,
                node_limit=NODES,
                presolve=False,
            )
            if answer.x is None:
                return None
            start, move = answer.x[:size].round(), answer.x[size:].round()
            first, last = (tuple(int(value) for value in ends) for ends in (start, start + step * move))
            if not self._broken(first) and not self._broken(last):
                return first, last
        return None

    def _broken(self, values: Solution) -> list[str]:
        """Which bounds and statements do not hold of these counts, in exact whole numbers."""
        broken = [
            str(cell)
            for cell, value, low, high in zip(self.cells, values, self.low, self.high, strict=True)
            if value < low or (high is not None and value > high)
        ]
        for known in self.knowns:
            total = sum(factor * values[self.place[cell]] for cell, factor in known.terms)
            if (known.low is not None and total < known.low) or (known.high is not None and total > known.high):
                broken.append(str(known))
        return broken


def _ends(values: Sequence[int | None], top: bool = False) -> "Floats":
    import numpy as np

    return np.array([(np.inf if top else -np.inf) if value is None else value for value in values], dtype=float)


def _identity(size: int) -> "csr_array":
    from scipy.sparse import eye_array

    return eye_array(size, format="csr")


def _run(
    aim: "Floats",
    low: "Floats",
    high: "Floats",
    matrix: "csr_array",
    sides: "tuple[Floats, Floats]",
    whole: bool = True,
    **options: float,
) -> Any:  # noqa: ANN401 - scipy's result has no type of its own
    """One call of HiGHS, for whole numbers or with fractions allowed."""
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp

    return milp(
        aim,
        integrality=np.full(len(aim), int(whole)),
        bounds=Bounds(low, high),
        constraints=LinearConstraint(matrix, *sides),
        options={"mip_rel_gap": 0.0} | options,
    )
