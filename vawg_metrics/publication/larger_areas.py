"""The county and LLR, formed from all their parts or not at all."""

from typing import Final

from vawg_metrics.areas import LLR
from vawg_metrics.catalogue.terms import Term
from vawg_metrics.warehouse.store import Warehouse


def form_areas(warehouse: Warehouse, table: str, term: Term, scheme: str) -> None:
    """Add the county and LLR where they were not supplied, from all their parts or not at all.

    The parts of a period are the places that exist at its end.
    An incomplete district makes its county incomplete. LLR stays whole where "no district recorded" is one of
    its parts, for the rows that the district lacks are there.
    """
    if term.over_areas == "none":
        return
    if term.over_time == "carried":
        scheme = scheme.removesuffix("_and_unplaced")  # nobody lives in "no district recorded"
    warehouse.run(_FORM_AREAS.format(table=table), [scheme, LLR.code])


_FORM_AREAS: Final = """
insert into {table}
with parts as (
    select parent, child, first, last, scheme like '%_and_unplaced' and parent = $2 as whole
    from membership where scheme = $1
), wants as (
    select parent, period_end, count(*) as wanted from parts
    join (select distinct period_end from {table}) as ends on period_end between first and last group by all
), joined as (
    select parent, wanted, whole, cell.*, area.name from parts
    join {table} as cell on cell.area = parts.child and cell.period_end between first and last
    join wants using (parent, period_end) join area on area.code = cell.area
), summed as (
    select parent, period_start, period_end, min(series) as series, min(series_last) as series_last, breakdown, grp,
        count(*) filter (where value is not null and (marker <> 'incomplete' or whole)) = any_value(wanted) as known,
        sum(value)::bigint as value, bool_or(marker = 'provisional') as provisional,
        string_agg(name, ', ' order by name) filter (where value is null or (marker = 'incomplete' and not whole)) as lacking
    from joined group by all
)
select parent, period_start, period_end, series, series_last, breakdown, grp, case when known then value end,
    case when not known then 'incomplete' when provisional then 'provisional' else '' end, true,
    case when known then '' else 'not known for ' || coalesce(lacking, 'every part') end
from summed
where not exists (select 1 from {table} as own where own.area = summed.parent and not own.formed)
"""
