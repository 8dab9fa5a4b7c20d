"""What each column of a table means: its type, its title, and a description for somebody who has only the file."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from vawg_metrics.wording import DEMONSTRATION

ColumnType = Literal["string", "integer", "number"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name in the header, the type of its cells, and what it means."""

    name: str
    type: ColumnType
    title: str
    description: str


_FIGURES: Final[tuple[Column, ...]] = (
    Column(DEMONSTRATION, "string", DEMONSTRATION, "That the row is made up: no partner has sent such a return."),
    Column("indicator", "string", "Measure (id)", "The id of the measure; its definition is in the notes."),
    Column("title", "string", "Measure", "The measure's title."),
    Column("area", "string", "Place", "The place by name. Two places may share a name: the code tells them apart."),
    Column("area_code", "string", "Place (code)", "The place's code, as the Office for National Statistics gives it."),
    Column("unit", "string", "Unit", "What the numbers of the row are measured in."),
    Column("grain", "string", "Kind of period", "month, quarter, year, rolling12 (any 12 months) or edition."),
    Column("period_start", "string", "First month", "The first month of the period, YYYY-MM; empty for an edition."),
    Column("period_end", "string", "Last month", "The last month of the period, YYYY-MM; empty for an edition."),
    Column("breakdown", "string", "Split by", "What the measure is split by in this row; empty for the total."),
    Column("group", "string", "Part", "The part of the split that this row counts; empty for the total."),
    Column("numerator", "integer", "Count", "What was counted: of a share, its upper part."),
    Column("denominator", "integer", "Out of", "What the count is divided by: residents, households or cases."),
    Column("value", "number", "Value", "The rate, share (in per cent) or count, unrounded."),
    Column("lower", "number", "Lower 95 % limit", "The lower 95 % limit of value, in its unit."),
    Column("upper", "number", "Upper 95 % limit", "The upper 95 % limit of value, in its unit."),
    Column("method", "string", "Limits by", "The formula of the two limits."),
    Column(
        "comparison",
        "string",
        "Beside the rest of LLR: by limits alone",
        "Where the rest of LLR lies beside the place's own 95 % and 99.8 % limits. No verdict: see comparison_verdict.",
    ),
    Column(
        "comparison_verdict",
        "string",
        "Beside the rest of LLR: verdict",
        "What screens say: higher or lower where limits and a test of both counts agree at 99.8 %, perhaps at 95 %, "
        "else similar; empty where nothing is compared or a district's quarter is under 5.",
    ),
    Column("rest_value", "number", "Rest of LLR", "The value of the rest of LLR, which the place is compared with."),
    Column("usual_lower", "number", "Usual range, lower", "Lower end of the usual range, of counts or per cent."),
    Column("usual_mean", "number", "Usual range, mean", "Mean of the usual range, of counts or per cent."),
    Column("usual_upper", "number", "Usual range, upper", "Upper end of the usual range, of counts or per cent."),
    Column("signal", "string", "Signal", "The rule of the control chart that the period breaks, and to which side."),
    Column("marker", "string", "Marker", "Why the figure is unknown, or that it is provisional; empty when settled."),
    Column("shorthand", "string", "Shorthand", "The marker in government shorthand, such as [p] or [x]."),
    Column("note", "string", "Note", "Why the figure is as it is, in words."),
    Column("denominator_year", "string", "Year of the estimate", "The calendar year of the population used."),
    Column("release", "string", "Edition", "The edition of all figures that this one belongs to."),
)
_CHANGES: Final[tuple[Column, ...]] = (
    Column("change_from_start", "string", "Change: since (first month)", "First month of the earlier period."),
    Column("change_from_end", "string", "Change: since (last month)", "Last month of the earlier period."),
    Column("change_from_value", "number", "Change: earlier value", "The value of the earlier period."),
    Column("change_as", "string", "Change: kind", "ratio (later over earlier) or percentage points."),
    Column("change", "number", "Change", "The change, as change_as says."),
    Column("change_lower", "number", "Change: lower 95 % limit", "The lower 95 % limit of the change."),
    Column("change_upper", "number", "Change: upper 95 % limit", "The upper 95 % limit of the change."),
    Column("change_p", "number", "Change: p", "How often chance alone would give such a change, 0 to 1."),
    Column("change_verdict", "string", "Change: verdict", "higher, lower, or untold: not to be told from chance."),
    Column("change_method", "string", "Change: tested by", "The test of the change."),
    Column("change_note", "string", "Change: note", "Why no change is given."),
)
_COMPARED: Final[tuple[Column, ...]] = (
    Column("neighbours", "integer", "Like places", "How many places the ONS finds most like this one."),
    Column("neighbours_found", "integer", "Like places with a figure", "Of how many of them a figure is held."),
    Column("neighbours_low", "number", "Like places, lowest", "The lowest value among them."),
    Column("neighbours_middle", "number", "Like places, middle", "The middle value among them: the median."),
    Column("neighbours_high", "number", "Like places, highest", "The highest value among them."),
    Column("five_years", "string", "Five years", "The trend of five years in a word."),
    Column("newest_point", "string", "Newest point", "The newest point of the control chart in a word."),
    Column("newest_signal", "string", "Newest signal", "What an unusual newest point means, by the direction."),
)
_REPORTED: Final[tuple[Column, ...]] = (
    Column("period", "string", "Period", "The period by name; year_to_date rows are sums of months of a part year."),
    Column("source", "string", "Source", "The publisher, the dataset, its edition and the newest month held."),
)
_EVERY: Final = (*_FIGURES, *_CHANGES, *_COMPARED, *_REPORTED)
MEANING: Final[Mapping[str, Column]] = MappingProxyType({one.name: one for one in _EVERY})


def title_of(name: str) -> str:
    """The title of a column; of one that a view made its own name."""
    return MEANING[name].title if name in MEANING else name


def meanings(names: Iterable[str], records: Sequence[Mapping[str, object]] = ()) -> tuple[Column, ...]:
    """The columns of these names; one that a view made (a place, a period) is a number where its cells are."""
    return tuple(MEANING.get(name) or _made(name, records) for name in names)


def _made(name: str, records: Sequence[Mapping[str, object]]) -> Column:
    cells = [record[name] for record in records if record.get(name) is not None]
    number = bool(cells) and all(isinstance(cell, int | float) for cell in cells)
    return Column(name, "number" if number else "string", name, "A column that was made for this view.")
