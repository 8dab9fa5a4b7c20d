"""Two editions become the list of all that differs between them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from vawg_metrics.areas import HOME, LLR
from vawg_metrics.board_pack import Known, read_pack
from vawg_metrics.catalogue.definitions import Catalogue, Indicator
from vawg_metrics.changes.definitions_between import definitions_between, registered_between
from vawg_metrics.changes.figures_between import became_late, revised
from vawg_metrics.changes.figures_held import OWN, Held, held_in, key_of
from vawg_metrics.changes.found import Changes, Edition, HeldChange, Judged, NewPeriod, Parked, Repeat, SignalChange
from vawg_metrics.changes.reasons import Reasons
from vawg_metrics.errors import FaultsFound
from vawg_metrics.figure import Figure
from vawg_metrics.periods import Period, month_text, shifted
from vawg_metrics.publication.variation import Panel
from vawg_metrics.published import Manifest
from vawg_metrics.release import Release
from vawg_metrics.unusual import Unusual, unusual_in

LEAST_ALIKE: Final = 5  # figures, not all zero: fewer may be the same by chance
STATES: Final = ("unjudged", "usual", "flagged", "believed")
Pairs = list[tuple[Held, Held]]
Key = tuple[str, str]


def compare_releases(before: Release, after: Release, pack: str = "") -> Changes:
    """All that differs between two releases; `pack` is the board pack that was frozen with the earlier, as text."""
    old, new = held_in(before), held_in(after)
    pairs = [(old.get(id_, Held(held.indicator, {})), held) for id_, held in new.items()]
    registered = registered_between(before.catalogue, after.catalogue)
    faults = (frozenset(before.catalogue.known_faults), frozenset(after.catalogue.known_faults))
    found = [revised(was, held, Reasons(registered, faults)) for was, held in pairs]
    periods = tuple(_new_periods(pairs, before.manifest, after.catalogue))
    first, second = unusual_in(before), unusual_in(after)
    parked, unread = parked_in(before, pack)
    return Changes(
        edition_of(before), edition_of(after), after.catalogue.sources, periods,
        tuple(one for revisions, _ in found for one in revisions), sum(followed for _, followed in found),
        tuple(signal_changes((old, first), (new, second), after)), second,
        tuple(late for was, held in pairs for late in became_late(was, held)),
        tuple(definitions_between(before.catalogue, after.catalogue)), registered,
        tuple(_holdings(pairs, [held for id_, held in old.items() if id_ not in new])),
        parked, unread, tuple(_repeats(new, periods, after.catalogue)),
    )  # fmt: skip


def edition_of(release: Release) -> Edition:
    """What an edition is called: by the name that it was frozen under, or none for the present one."""
    name, _, day = release.frozen.rpartition(", ")
    return Edition(name, day, release.name)


def _new_periods(pairs: Pairs, earlier: Manifest, catalogue: Catalogue) -> Iterator[NewPeriod]:
    """The periods known for the first time, in order of time.

    Those of a measure that was not held before are new only where no file of its source reached them: a new definition
    of old figures is no new figure.
    """
    for was, held in pairs:
        files = () if was.known else earlier.of_source(held.indicator.source)
        for period in sorted(held.periods - was.periods, key=_in_time):
            if not any(one.covers[0] <= period.end <= one.covers[1] for one in files):
                own, before = (_of_llr(held, end) for end in (period.end, shifted(period.end, -12)))
                yield NewPeriod(held.indicator, period, own, before, _apart(catalogue, held.indicator, period))


def _of_llr(held: Held, end: str) -> Figure | None:
    """LLR's figure of a period as published, by its last month."""
    return held.figures.get((LLR.code, held.grain, end, "", ""))


def _apart(catalogue: Catalogue, indicator: Indicator, period: Period) -> str:
    """Why a period is not set beside the same months a year before; '' where nothing parts the two."""
    words = {"": "", "join": "not compared: another download", "change": "not compared: recording changed"}
    return words[catalogue.parts_between(indicator, shifted(period.start, -12), period.end)]


def _in_time(period: Period) -> tuple[str, str]:
    return period.end, period.start


def _holdings(pairs: Pairs, gone: Iterable[Held]) -> Iterator[HeldChange]:
    """Measures that became held or are no longer held, and the periods that are no longer known of the others."""
    for was, held in pairs:
        if was.known != held.known:
            yield HeldChange(held.indicator, held.known)
        elif lost := was.periods - held.periods:
            yield HeldChange(held.indicator, False, tuple(sorted(lost, key=_in_time)))
    yield from (HeldChange(one.indicator, False) for one in gone if one.known)


def signal_changes(
    first: tuple[Mapping[str, Held], Unusual], second: tuple[Mapping[str, Held], Unusual], after: Release
) -> Iterator[SignalChange]:
    """The series that are flagged or believed on one board and stand otherwise on the other."""
    before, found = _judged(*first), _judged(*second)
    order = {one.id: number for number, one in enumerate(after.catalogue.indicators)}
    nothing = Judged("unjudged")
    for key in sorted(before.keys() | found.keys(), key=lambda one: (order.get(one[0], len(order)), one)):
        was, stands = before.get(key, nothing), found.get(key, nothing)
        told = any(one.state in ("flagged", "believed") for one in (was, stands))
        if told and (was.state, was.side) != (stands.state, stands.side):
            held = second[0].get(key[0]) or first[0][key[0]]
            yield SignalChange(held.indicator, after.places[key[1]], was, stands)


def _judged(held: Mapping[str, Held], found: Unusual) -> dict[Key, Judged]:
    """How each series of a board stands on it, by measure and place."""
    believed, flagged = ({_series(one) for one in panels} for panels in (found.board.believed, found.board.flagged))
    states: dict[Key, Judged] = {}
    for panel in found.board.panels:
        key = _series(panel)
        state = STATES[3] if key in believed else STATES[2] if key in flagged else STATES[1]
        point = held[panel.indicator].figures.get((panel.area, panel.grain, month_text(panel.period_end), "", ""))
        states[key] = Judged(state, point)  # type: ignore[arg-type]
    return states


def _series(panel: Panel) -> Key:
    return panel.indicator, panel.area


def _repeats(new: Mapping[str, Held], periods: Iterable[NewPeriod], catalogue: Catalogue) -> Iterator[Repeat]:
    """The sources whose new period has every count of the one before it, or of the one a year before."""
    measures: dict[tuple[str, Period], list[Held]] = {}
    for one in periods:
        measures.setdefault((one.indicator.source, one.period), []).append(new[one.indicator.id])
    for (id_, period), held in measures.items():
        for earlier in dict.fromkeys((_moved(period, -period.months), _moved(period, -12))):
            if alike := _alike(held, period, earlier):
                yield Repeat(catalogue.source(id_), period, earlier, alike)


def _moved(period: Period, months: int) -> Period:
    return Period(shifted(period.start, months), shifted(period.end, months))


def _alike(measures: Iterable[Held], period: Period, earlier: Period) -> int:
    """In how many counts of LLR's places two periods are the same, when they are in all; 0 when they are not."""
    counts: list[tuple[int, int | None]] = []
    for held in measures:
        for one in held.figures.values():
            if one.period == period and one.grain == held.grain and one.area.code in OWN and one.numerator is not None:
                area, grain, _, breakdown, group = key_of(one)
                other = held.figures.get((area, grain, earlier.end, breakdown, group))
                counts.append((one.numerator, other.numerator if other else None))
    same = all(first == second for first, second in counts)
    enough = len(counts) >= LEAST_ALIKE and any(first for first, _ in counts)
    return len(counts) if same and enough else 0


def parked_in(release: Release, pack: str) -> tuple[tuple[Parked, ...], bool]:
    """The questions that the board pack of a release kept for the next meeting, and whether it could not be read."""
    if not pack.strip():
        return (), False
    titles = {one.id: one.title for one in release.catalogue.indicators}
    try:
        held = read_pack(pack, Known(frozenset(titles), frozenset(area.name for area in HOME)))
    except FaultsFound:
        return (), True
    return tuple(Parked(one.question, titles.get(one.screen, ""), one.who) for one in held.parked), False
