"""What a file tells of itself, whatever its format: pairs of a name and a sentence."""

from typing import Final

from vawg_metrics.charts.credit import LICENCE, MAP_CREDIT, PROPOSED, source_words
from vawg_metrics.charts.drawable import SMALL_NOTE, small_quarter
from vawg_metrics.exploration import asked_by
from vawg_metrics.narrative import caption, heading, population_words, rounding_words
from vawg_metrics.outputs.columns import MEANING
from vawg_metrics.outputs.explored import Layout, command, reading_id
from vawg_metrics.outputs.table import figures_of
from vawg_metrics.reading import Reading
from vawg_metrics.statements import statements

ABOUT: Final = "About this file"
COMPARED: Final = ("comparison", "comparison_verdict")
USUAL: Final = (
    "usual_lower, usual_mean and usual_upper are of the counts of each period (of a share, in per cent); "
    "lower and upper are the 95 % limits of value."
)


def about(reading: Reading, view: str = "trend") -> tuple[tuple[str, str], ...]:
    """The heading, then filters, definition, source, cautions, licence and edition."""
    indicator = reading.indicator
    told = statements(reading)
    small = any(small_quarter(reading, one) for one in figures_of(reading, view))
    compared = any(one.compared for one in figures_of(reading, view))
    alone = view == "groups" and len(reading.areas) > 1
    again = bool(reading.areas) and not reading.demonstration  # no command ever sees what is made up
    pairs = [
        ("Shown", f"{reading.selection.words()}."),
        *([("Usual range", USUAL)] if any(one.usual for one in reading.figures) else []),
        *([("Chart", caption(reading))] if reading.areas and view == "trend" else []),
        *([("Parts", f"Only {reading.areas[0].name}, the first place chosen, is shown in parts.")] if alone else []),
        *(("Finding", one.text) for one in told),
        *(("Test", behind.words()) for one in told for behind in one.evidence),
        ("Who is counted", indicator.whom),
        *(("Not answered", sentence) for sentence in reading.unanswered),
        *(("Counted", line) for line in indicator.includes),
        *(("Not counted", line) for line in indicator.excludes),
        *(("Be careful", line) for line in (*indicator.caveats, population_words(reading))),
        ("Another measure", indicator.unlike),
        *([("Small counts", f"{SMALL_NOTE} Do not draw or quote it alone.")] if small else []),
        *(("Recording change", f"{one.date_words or one.month}: {one.what}") for one in reading.changes),
        *((f"Column {name}", MEANING[name].description) for name in COMPARED if compared),
        ("Rounded", rounding_words(reading)),
        ("Method", indicator.method),
        ("Source", source_words(reading)),
        ("Status", PROPOSED),
        *([("Figure id", reading_id(reading, view))] if again else []),
        *([("Command", command(asked_by(reading), Layout()))] if again and view == "trend" else []),
        ("Edition", reading.release),
        ("Licence", f"{LICENCE}."),
        *([("Licence", f"{MAP_CREDIT}.")] if view == "map" else []),
    ]
    return ((ABOUT, heading(reading)), *((name, words) for name, words in pairs if words))
