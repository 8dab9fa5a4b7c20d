"""Parcels: what one file to take away is made of, whatever its format."""

from dataclasses import dataclass, replace

from vawg_metrics.charts.plan import Plan
from vawg_metrics.charts.plans import PLANS
from vawg_metrics.narrative import heading
from vawg_metrics.outputs.about import ABOUT, about
from vawg_metrics.outputs.naming import file_name
from vawg_metrics.outputs.table import VIEW_COLUMNS, Record, view_records, with_mark
from vawg_metrics.reading import Reading
from vawg_metrics.wording import marked


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
    demonstration: bool = False

    @property
    def drawn(self) -> bool:
        """Whether there is a picture: something is drawn, and it is not the one number of an edition."""
        return not self.plan.empty and not any(record.get("grain") == "edition" for record in self.records)

    def told(self, name: str) -> tuple[str, ...]:
        """What `about` says under a name, each sentence once."""
        return tuple(dict.fromkeys(words for said, words in self.about if said == name))


def parcel_of(reading: Reading, view: str = "trend") -> Parcel:
    """The parcel of one view of a reading."""
    parcel = Parcel(
        stem=file_name(reading, view=view),
        title=heading(reading),
        columns=VIEW_COLUMNS,
        records=tuple(view_records(reading, view)),
        about=about(reading, view),
        plan=PLANS[view](reading),
        release=reading.release,
    )
    return made_up(parcel) if reading.demonstration else parcel


def made_up(parcel: Parcel) -> Parcel:
    """A parcel of made-up figures, which says so with its first word: in its title, its plan, its rows, its notes."""
    columns, records = with_mark(parcel.columns, parcel.records)
    title, plan = marked(parcel.title, True), replace(parcel.plan, title=marked(parcel.plan.title, True))
    about = tuple((name, marked(words, True) if name == ABOUT else words) for name, words in parcel.about)
    return replace(parcel, title=title, plan=plan, columns=columns, records=records, about=about, demonstration=True)
