"""The strategy's actions and announced aims: who owns each, its next step, and the measures that it should move."""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Final, Literal

from pydantic.dataclasses import dataclass

from vawg_metrics.catalogue.registers import STRICT, Lines, Text
from vawg_metrics.errors import Fault
from vawg_metrics.periods import MONTH_NAMES

FILE: Final = "actions.toml"
TO_BE_CONFIRMED: Final = "to be confirmed"
ANNOUNCED: Final = "announced aims of the strategy, wording to be confirmed"
NO_NEXT_STEP: Final = "none recorded yet"
MONTH: Final = re.compile(rf"({'|'.join(MONTH_NAMES)}) \d{{4}}")


@dataclass(frozen=True, config=STRICT)
class Action:
    """One action or announced aim; an empty `priority` is the strategy as a whole, an empty `reviewed` nobody yet.

    `kind` tells what is done (activity) from what comes of it (output), what changes for people (outcome), and what
    was only announced (aim). `note` is a caution that is read beside it.
    """

    id: Text
    priority: Text
    text: Text
    kind: Literal["aim", "activity", "output", "outcome"]
    owner: Text
    due: Text
    should_move: Lines
    next_step: Text
    source: Text
    reviewed: Text
    note: Text = ""

    @property
    def words(self) -> str:
        """The action with its kind before it: `Aim: more reporting`."""
        return f"{self.kind.capitalize()}: {self.text}"


def faults_of_actions(
    actions: Sequence[Action], priorities: Collection[str] | None, measures: Collection[str]
) -> Iterator[Fault]:
    """What is wrong with the register beside the measures and the strategy's priorities, None where they are unread."""
    seen: set[str] = set()
    for one in actions:
        row = f"action '{one.id}'"
        if one.id in seen:
            yield Fault(FILE, row, "its id is used twice.", "Give it an id of its own.")
        seen.add(one.id)
        if empty := [name for name in ("id", "text", "owner", "due", "source") if not getattr(one, name)]:
            yield Fault(
                FILE, row, f"{' and '.join(empty)} must not be empty.", f"Write '{TO_BE_CONFIRMED}' if unknown."
            )
        if one.priority and priorities is not None and one.priority not in priorities:
            repair = "Name one of strategy.toml, or leave it empty for the strategy as a whole."
            yield Fault(FILE, row, f"'{one.priority}' is no priority.", repair)
        for id_ in one.should_move:
            if id_ not in measures:
                yield Fault(FILE, row, f"should_move: '{id_}' is no measure.", "Mend the id.")
        if len(set(one.should_move)) < len(one.should_move):
            yield Fault(FILE, row, "should_move names a measure twice.", "Name each once.")
        if one.reviewed and not MONTH.fullmatch(one.reviewed):
            repair = "Write it as 'October 2026', or leave it empty until it has been reviewed."
            yield Fault(FILE, row, "reviewed is no month.", repair)


def actions_for(actions: Sequence[Action], measure: str) -> tuple[Action, ...]:
    """The actions and aims that should move a measure, in the order of the register."""
    return tuple(one for one in actions if measure in one.should_move)


def owner_of(actions: Sequence[Action], otherwise: str) -> str:
    """The owners of the actions of a measure; `otherwise` where none is known."""
    owners = dict.fromkeys(one.owner for one in actions if one.owner != TO_BE_CONFIRMED)
    return "; ".join(owners) or otherwise


def next_step_of(actions: Sequence[Action]) -> str:
    """The next steps of the actions of a measure, or that none is recorded."""
    return " ".join(dict.fromkeys(one.next_step for one in actions if one.next_step)) or NO_NEXT_STEP
