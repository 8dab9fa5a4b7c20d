"""What is counted over which view, and how it is split: the terms of a measure."""

from typing import Literal

from pydantic.dataclasses import dataclass

from vawg_metrics.catalogue.registers import STRICT, Text

OverAreas = Literal["sum", "none"]
OverTime = Literal["sum", "latest", "none", "carried"]


@dataclass(frozen=True, config=STRICT)
class Term:
    """A numerator or a denominator: one aggregate expression over one named view.

    `over_areas` and `over_time` say how cells become larger ones. `carried` is for populations and
    households: the estimate of the calendar year in which a period ends, the nearest one held where that
    year has none, never summed over time. `one` and `many` are its words in a sentence: of a rate or a count what
    happened (`offence was recorded`), of a share what its denominator is and what its numerator did.
    """

    name: Text
    view: Text
    condition: Text
    expression: Text = "sum(count)"
    over_areas: OverAreas = "sum"
    over_time: OverTime = "sum"
    one: Text = ""
    many: Text = ""


@dataclass(frozen=True, config=STRICT)
class Group:
    """One group of a breakdown: the expression that counts it, over the numerator's view and condition.

    `denominator` is the group's own whole, over the denominator's view; empty where all groups share one.
    """

    id: Text
    label: Text
    expression: Text
    denominator: Text = ""


@dataclass(frozen=True, config=STRICT)
class Breakdown:
    """The one way in which an indicator is split. `expression` counts the whole that the groups are shares of."""

    name: Text
    adds_up: bool
    groups: tuple[Group, ...]
    expression: Text = "sum(count)"
    note: Text = ""
