"""Parcels: what one file to take away is made of, whatever its format."""

from dataclasses import dataclass

from vawg_metrics.charts.plan import Plan
from vawg_metrics.outputs.table import Record


@dataclass(frozen=True)
class Parcel:
    """A table, what it says of itself, and the plan of its picture: every format is written from this one object.

    `stem` is the file's name without its suffix; `records` have a value for each of `columns`, None where a number is
    unknown; `about` are pairs of a name and a sentence; an empty `plan` draws nothing and says why.
    """

    stem: str
    title: str
    columns: tuple[str, ...]
    records: tuple[Record, ...]
    about: tuple[tuple[str, str], ...]
    plan: Plan
    release: str
