"""The native cells of a term: what a definition counts over its view, before anything is added up or divided."""

from typing import Final

from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.catalogue.terms import Term

RETURNED: Final = "returned"  # the view of partner returns, whose cells may be withheld one by one


def numerators_of(indicator: Indicator) -> dict[tuple[str, str], str]:
    """The aggregate expression of the total and of each group, by (breakdown, group)."""
    assert indicator.numerator is not None
    found = {("", ""): indicator.numerator.expression}
    if indicator.breakdown:
        name = indicator.breakdown.name
        found |= {(name, group.id): group.expression for group in indicator.breakdown.groups}
    return found


def denominators_of(indicator: Indicator, denominator: Term) -> dict[tuple[str, str], str]:
    """The same for the denominator: the total's, and the whole that the groups are shares of."""
    found = {("", ""): denominator.expression}
    if indicator.breakdown:
        whole = denominator.expression if denominator.over_time == "carried" else indicator.breakdown.expression
        found[(indicator.breakdown.name, "*")] = whole
        own = {group.id: group.denominator for group in indicator.breakdown.groups if group.denominator}
        found |= {(indicator.breakdown.name, id_): expression for id_, expression in own.items()}
    return found


def native_cells(indicator: Indicator, term: Term, expressions: dict[tuple[str, str], str]) -> str:
    """SELECT of the native cells of a term: an unknown part makes the cell unknown, an absent one makes it zero."""
    carried = term.over_time == "carried"  # an estimate of people came in no download of outcomes
    downloads = "series" if indicator.within_download and not carried else "''"
    last = "series_last" if indicator.mature_after_months and not carried else "null::integer"
    same_end = f"and period_end % 12 = {indicator.year_ends - 1}" if indicator.year_ends and not carried else ""
    values = ", ".join(
        f"{{'breakdown': '{breakdown}', 'grp': '{group}', 'value': {_value_of(term, expression)}::bigint}}"
        for (breakdown, group), expression in expressions.items()
    )
    unknown = "false" if term.view == RETURNED else "bool_or(count is null)"
    return f"""
    with found as (
        select area, period_start, period_end, max({downloads}) as series, max({last}) as series_last,
            {unknown} as unknown, max(marker) as marker, [{values}] as wide
        from {term.view} where ({term.condition}) {same_end} group by area, period_start, period_end
    )
    select area, period_start, period_end, series, series_last, one.breakdown, one.grp,
        case when unknown then null else one.value end as value,
        {_marker_of(term)} as marker, false as formed, '' as note
    from (select * exclude (wide), unnest(wide) as one from found)
    """


def _value_of(term: Term, expression: str) -> str:
    """A publisher's category that is absent counts zero; a cell of a return that is absent was withheld or not sent."""
    return f"({expression})" if term.view == RETURNED else f"coalesce({expression}, 0)"


def _marker_of(term: Term) -> str:
    if term.view == RETURNED:
        return "case when one.value is not null then '' else coalesce(nullif(marker, ''), 'missing') end"
    return "case when unknown and marker = '' then 'missing' else marker end"
