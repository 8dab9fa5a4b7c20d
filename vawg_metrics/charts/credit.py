"""What every picture and file carries about itself: what was chosen, the source, the edition, the licence."""

from typing import Final

from vawg_metrics.periods import Period, month_words
from vawg_metrics.reading import Reading

LICENCE: Final = "Contains public sector information licensed under the Open Government Licence v3.0"
MAP_CREDIT: Final = "Source: Office for National Statistics. Contains OS data © Crown copyright and database right 2025"
MADE_UP: Final = "made up for this demonstration, with no source: no partner has sent such a return"
PROPOSED: Final = "Every measure is proposed, to be confirmed by the partnership."


def shown_words(reading: Reading) -> str:
    """The selection in words."""
    return reading.selection.words()


def source_words(reading: Reading) -> str:
    """The publisher, the dataset, its edition, and the newest month held; of a demonstration that it has none."""
    if reading.demonstration:
        return MADE_UP
    said = source_name(reading)
    held = f"held to {month_words(reading.newest)}" if reading.newest else ""
    return "; ".join(part for part in (said, _editions(reading), held) if part)


def source_name(reading: Reading) -> str:
    """The publisher and the dataset; '' where nobody publishes it."""
    return f"{reading.source.publisher}, {reading.source.dataset}" if reading.source else ""


def _editions(reading: Reading) -> str:
    """The edition of the one file, or how many files there are and what they cover."""
    files = reading.provenance
    if len(files) < 2:
        return files[0].edition if files else ""
    first, last = min(one.covers[0] for one in files), max(one.covers[1] for one in files)
    return f"{len(files)} files that cover {Period(first, last).words()}"


def credit(reading: Reading, on_map: bool = False) -> tuple[str, ...]:
    """The lines at the foot of a picture."""
    source = source_words(reading)
    return (
        f"Shown: {shown_words(reading)}. {PROPOSED}",
        *((f"Source: {source}.",) if source else ()),
        f"Edition {reading.release}. {LICENCE}.",
        *((f"{MAP_CREDIT}.",) if on_map else ()),
    )
