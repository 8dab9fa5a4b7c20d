"""Publish first, serve second: every figure of every measure is computed once, then the files are shut away.

This is the only place where a definition becomes SQL. Sums first, division last, and never from parts that are
missing or incomplete. Months are numbers here (year * 12 + month - 1).
"""

from typing import Final

from vawg_metrics.catalogue.definitions import Catalogue, Indicator
from vawg_metrics.catalogue.terms import Term
from vawg_metrics.periods import GRAINS, MONTHS_IN
from vawg_metrics.publication.cells import denominators_of, native_cells, numerators_of
from vawg_metrics.publication.larger_areas import form_areas
from vawg_metrics.publication.protected import withhold
from vawg_metrics.publication.uncertainty import add_uncertainty
from vawg_metrics.publication.variation import add_variation
from vawg_metrics.warehouse.store import Warehouse

_CLEAR: Final = "drop table if exists cell; drop table if exists divisor; drop table if exists spine"
HALF_EMPTY: Final = "under half its usual count, a failure of coding and not a fall"
EMPTY_WINDOW: Final = "not in the copy held here"


def publish(warehouse: Warehouse, catalogue: Catalogue) -> None:
    """Fill the table of figures from the loaded facts, one measure after the other; then judge them all."""
    ((returned,),) = warehouse.rows("select count(*) > 0 from returned")
    for indicator in catalogue.indicators:
        if indicator.collected and not indicator.retired and (returned or not indicator.from_partners):
            publish_indicator(warehouse, indicator)
    warehouse.run(_CLEAR)
    withhold(warehouse, catalogue)
    add_uncertainty(warehouse, catalogue)
    add_variation(warehouse, catalogue)


def publish_indicator(warehouse: Warehouse, indicator: Indicator) -> None:
    """Compute the figures of one measure: native cells, larger areas, longer periods, then the division."""
    warehouse.run(_CLEAR)
    numerator = indicator.numerator
    assert numerator is not None, indicator.id  # the catalogue refuses a collected measure without one
    warehouse.run(f"create table cell as {native_cells(indicator, numerator, numerators_of(indicator))}")
    form_areas(warehouse, "cell", numerator, indicator.geography)
    if indicator.denominator:
        denominators = denominators_of(indicator, indicator.denominator)
        warehouse.run(f"create table divisor as {native_cells(indicator, indicator.denominator, denominators)}")
        form_areas(warehouse, "divisor", indicator.denominator, indicator.geography)
    if indicator.native_period == "edition":
        warehouse.run(_DIVIDE_EDITION, [indicator.id, _per(indicator)])
        return
    _lay_spine(warehouse, indicator)
    for grain in grains_of(indicator):
        warehouse.run(_publish_grain(indicator, grain))


def grains_of(indicator: Indicator) -> tuple[str, ...]:
    """The grains that a measure is published at: its native one and the coarser ones that may be formed."""
    native = indicator.native_period
    terms = [term for term in (indicator.numerator, indicator.denominator) if term]
    if native in ("year", "edition") or any(term.over_time == "none" for term in terms):
        return (native,)
    return GRAINS[GRAINS.index(native) :]


def _per(indicator: Indicator) -> int:
    return indicator.per if indicator.denominator else 1


def _lay_spine(warehouse: Warehouse, indicator: Indicator) -> None:
    """Every native period between an area's first and last, so that a gap is a row and not an absence.

    Years that end in different months are different series, and each has a spine of its own.
    """
    step = MONTHS_IN[indicator.native_period]
    divided = indicator.denominator is not None and indicator.denominator.over_time != "carried"
    warehouse.run(
        f"""
    create table spine as
    with reach as (
        select area, min(period_end) as first, max(period_end) as last from cell group by area, period_end % {step}
    ),
    kinds as (select distinct breakdown, grp from cell),
    ends as (select area, unnest(generate_series(first, last, {step})) as period_end from reach)
    select ends.area, ends.period_end - {step - 1} as period_start, ends.period_end, kinds.breakdown, kinds.grp,
        cell.series, cell.series_last,
        case when fault.marker is null then cell.value end as numerator,
        {"case when fault.marker is null then below.value end" if divided else "null::bigint"} as denominator,
        case when fault.marker is not null then fault.marker when cell.area is null then 'missing'
            {"when cell.value is not null and below.value is null then coalesce(nullif(below.marker, ''), 'missing')" if divided else ""}
            else cell.marker end as marker,
        case when fault.marker is not null then fault.reason
            when cell.area is null then '{EMPTY_WINDOW}'
            when cell.marker = 'incomplete' and cell.note = '' then '{HALF_EMPTY}' else cell.note end as note
    from ends cross join kinds
    left join cell on cell.area = ends.area and cell.period_end = ends.period_end
        and cell.breakdown = kinds.breakdown and cell.grp = kinds.grp
    {f"left join divisor as below on below.area = ends.area and below.period_end = ends.period_end and below.breakdown = kinds.breakdown and below.grp = {_whole_of(indicator)}" if divided else ""}
    left join known_fault as fault on fault.indicator = $1 and ends.period_end between fault.first and fault.last
    """,
        [indicator.id],
    )


def _whole_of(indicator: Indicator) -> str:
    """Which denominator a figure has: its own, or the one that all groups share."""
    if indicator.breakdown and any(group.denominator for group in indicator.breakdown.groups):
        return "kinds.grp"
    return "case when kinds.breakdown = '' then '' else '*' end"


def _publish_grain(indicator: Indicator, grain: str) -> str:
    """INSERT of the figures of one grain: windows over the spine, then the denominator, then the division."""
    native, months = MONTHS_IN[indicator.native_period], MONTHS_IN[grain]
    parts = months // native
    ends = {"quarter": "spine.period_end % 3 = 2", "year": "spine.period_end % 12 = 2"} if parts > 1 else {}
    assert indicator.numerator is not None
    above = _over_time(indicator.numerator, "numerator")
    below = _over_time(indicator.denominator or indicator.numerator, "denominator")
    usable = "part.numerator is not null and part.marker not in ('missing', 'suppressed', 'incomplete')"
    single = """
    select area, period_start, period_end, breakdown, grp, numerator, denominator, series_last, note as notes,
        marker as own_marker
    from spine
    """  # a native period is its own window: to join it with itself costs a third of publication
    windows = (
        single
        if parts == 1
        else f"""
    select spine.area, spine.period_end - {months - 1} as period_start, spine.period_end, spine.breakdown, spine.grp,
        count(*) filter (where {usable}) as known, count(*) as found, {above} as numerator,
        {below} as denominator, count(distinct part.series) as downloads,
        max(part.series_last) as series_last, bool_or(part.marker = 'provisional') as provisional,
        array_to_string(list_sort(list_distinct(list(part.note) filter (where part.note <> ''))), '; ') as notes,
        string_agg(month_words(part.period_end), ', ' order by part.period_end) filter (where not ({usable})) as lacking,
        any_value(spine.marker) as own_marker
    from spine join spine as part on part.area = spine.area and part.breakdown = spine.breakdown
        and part.grp = spine.grp and part.period_end between spine.period_end - {months - native} and spine.period_end
    where {ends.get(grain, "true")} group by all having count(*) = {parts}
    """
    )
    if parts == 1:
        settled = "true"
        marker, note = "own_marker", "coalesce(notes, '')"
    else:
        joined = "downloads > 1" if indicator.within_download else "false"
        settled = f"known = {parts} and not ({joined})"
        marker = f"""case when known = 0 then 'missing' when not ({settled}) then 'incomplete'
            when provisional then 'provisional' else '' end"""
        note = f"""case when {settled} then coalesce(notes, '')
            when known < {parts} then concat_ws('; ', notes, 'cannot be formed without what ends in ' || lacking)
            else 'the months come from two downloads, which are not added up' end"""
    mature = indicator.mature_after_months
    young = f"period_end > series_last - {mature}" if mature else "false"
    return f"""
    insert into figure by name
    with windows as ({windows}),
    settled as (
        select area, period_start, period_end, breakdown, grp, {marker} as marker, {note} as note, {young} as young,
            case when {settled} then numerator end as numerator,
            case when {settled} then denominator end as denominator
        from windows
    ), divided as ({_divided(indicator)})
    select '{indicator.id}' as indicator, area, '{grain}' as grain, period_start, period_end, breakdown, grp,
        numerator, denominator, {_value(indicator)} as value,
        case when numerator is not null and marker = '' and young then 'provisional'
            when numerator is null and marker in ('', 'provisional') then 'missing'
            when denominator = 0 and marker in ('', 'provisional') then 'missing' else marker end as marker,
        case when denominator = 0 then 'none were counted, so there is no share of them' else note end as note,
        denominator_period
    from divided
    """


def _over_time(term: Term, column: str) -> str:
    """What a longer period has of the native ones: their sum, or the latest of a stock."""
    whole = f"sum(part.{column})" if term.over_time == "sum" else f"arg_max(part.{column}, part.period_end)"
    return f"{whole}::bigint"


def _divided(indicator: Indicator) -> str:
    """SELECT that gives each settled window its denominator: from the same windows, or carried from its own year."""
    denominator = indicator.denominator
    if not denominator or denominator.over_time != "carried":
        return "select *, '' as denominator_period from settled"
    return """
        select settled.* exclude (denominator), divisor.value as denominator,
            coalesce(cast(divisor.period_end // 12 as varchar), '') as denominator_period
        from settled left join divisor on divisor.area = settled.area and divisor.breakdown = ''
        qualify row_number() over (
            partition by settled.area, settled.period_end, settled.breakdown, settled.grp
            order by divisor.period_end // 12 > settled.period_end // 12,
                abs(divisor.period_end // 12 - settled.period_end // 12)) = 1
    """


def _value(indicator: Indicator) -> str:
    divided = f"{_per(indicator)} * numerator / nullif(denominator, 0)::double"
    return divided if indicator.denominator else "numerator::double"


_DIVIDE_EDITION: Final = """
insert into figure by name
select $1 as indicator, cell.area, 'edition' as grain, 0 as period_start, 0 as period_end, '' as breakdown, '' as grp,
    cell.value as numerator, divisor.value as denominator, $2 * cell.value / nullif(divisor.value, 0)::double as value,
    '' as marker, '' as note, '' as denominator_period
from cell join divisor using (area, period_end)
"""
