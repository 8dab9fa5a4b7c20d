"""Whether what is asked of partners fits together: every line once, every measure supplied, every name known."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from vawg_metrics.areas import HOME
from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.catalogue.returned import COMPUTED_LINES, Line, OpenTotal, Partner
from vawg_metrics.errors import Fault


def faults_of_returns(
    indicators: Sequence[Indicator], partners: Sequence[Partner], open_totals: Sequence[OpenTotal] = ()
) -> Iterator[Fault]:
    """Every disagreement between the measures' lines, and between the register of partners and the measures."""
    lines = {line.id: line for one in indicators for line in one.returned}
    asked = Counter(line.id for one in indicators for line in one.returned)
    for id_ in (id_ for id_, times in asked.items() if times > 1):
        problem = f"the line '{id_}' is declared twice."
        yield Fault("indicators", "", problem, "Declare it once; others name it in uses.")
    for one in indicators:
        yield from _of_measure(one, lines)
        if one.from_partners and one.returned and not any(one.id in partner.supplies for partner in partners):
            yield Fault(f"{one.id}.toml", "", "no partner supplies it.", "Add it to a partner in partners.toml.")
    yield from _of_register(indicators, partners)
    names = {area.name for area in HOME}
    for total in open_totals:
        if total.line not in lines or total.area not in names or total.count < 0:
            yield Fault("open_totals.toml", total.line, "its line, place or count cannot be.", "Mend it.")


def _of_measure(one: Indicator, lines: dict[str, Line]) -> Iterator[Fault]:
    file = f"{one.id}.toml"
    for id_ in (id_ for id_ in one.uses if id_ not in lines and id_ not in COMPUTED_LINES):
        yield Fault(file, "", f"uses names '{id_}', which no measure declares.", "Mend the line's id.")
    for line in one.returned:
        for id_ in (id_ for id_ in (line.part_of, line.guarded_by) if id_ and id_ not in lines):
            yield Fault(file, line.id, f"'{id_}' is no line.", "Mend part_of or guarded_by.")
    known = {line.id for line in one.returned} | set(one.uses)
    for term in (one.numerator, one.denominator):
        if term and term.view == "returned" and not any(term.condition == f"line = '{id_}'" for id_ in known):
            yield Fault(file, "", f"'{term.condition}' names no line of it.", "Write line = 'its id'.")


def _of_register(indicators: Iterable[Indicator], partners: Iterable[Partner]) -> Iterator[Fault]:
    returned = {one.id for one in indicators if one.from_partners and (one.uses or one.returned)}
    names = {area.name for area in HOME}
    seen: Counter[str] = Counter()
    for partner in partners:
        seen.update({partner.id, partner.name})
        for id_ in (id_ for id_ in partner.supplies if id_ not in returned):
            yield Fault("partners.toml", partner.id, f"'{id_}' is no measure with lines.", "Mend supplies.")
        for name in (name for name in partner.areas if name not in names):
            yield Fault("partners.toml", partner.id, f"'{name}' is no place of LLR.", "Mend areas.")
    for name in (name for name, times in seen.items() if times > 1):
        yield Fault("partners.toml", "", f"'{name}' stands twice.", "Give each partner its own id and name.")
