-- The named views that indicators count over. All logic about a publisher's categories lives here.
-- Months are numbers (year * 12 + month - 1): a quarter's months are consecutive, a year's too.

-- An area's month under half its usual (median) count, where the median is 30 or more, is incomplete: a coding
-- failure, never a fall. Not asked of "no district recorded", whose size is the failure of the others.
create view street_month as
with monthly as (
    select area, period_end, item, sum(count) as total
    from fact where source = 'police_uk_street' group by all
), usual as (
    select area, item, median(total) as middle from monthly group by all
)
select monthly.area, monthly.period_end, monthly.item
from monthly join usual using (area, item)
where middle >= 30 and total < middle / 2 and area in (select code from area where kind = 'district');

create view street_crime as
select fact.area, fact.period_start, fact.period_end, fact.item as crime_type,
    case
        when part in ('Awaiting court outcome', 'Court result unavailable', 'Suspect charged',
            'Suspect charged as part of another case', 'Court case unable to proceed',
            'Defendant found not guilty', 'Defendant sent to Crown Court',
            'Offender deprived of property', 'Offender fined', 'Offender given absolute discharge',
            'Offender given community sentence', 'Offender given conditional discharge',
            'Offender given suspended prison sentence', 'Offender ordered to pay compensation',
            'Offender otherwise dealt with', 'Offender sent to prison') then 'charged'
        when part in ('Offender given a caution', 'Local resolution', 'Offender given penalty notice',
            'Offender given a penalty notice', 'Offender given a drugs possession warning') then 'out_of_court'
        when part = 'Unable to prosecute suspect' then 'unable_to_prosecute'
        when part = 'Investigation complete; no suspect identified' then 'no_suspect'
        when part in ('Under investigation', 'Status update unavailable', '') then 'not_yet_known'
        else 'other'
    end as outcome_group,
    fact.count,
    case when odd.area is not null then 'incomplete' else fact.marker end as marker,
    coalesce(download.id, fact.files) as series,
    download.last as series_last
from fact
left join street_month as odd on odd.area = fact.area and odd.period_end = fact.period_end and odd.item = fact.item
left join download on download.source = fact.source and fact.period_end between download.first and download.last
where fact.source = 'police_uk_street';

create view csp_crime as
select area, period_start, period_end, item as offence, count, marker from fact where source = 'ons_csp';

create view csp_unplaced as
select replace(area, '-none', '') as area, period_start, period_end, item as offence, count, marker
from fact where source = 'ons_csp' and area like '%-none';

create view force_crime as
select area, period_start, period_end, item as offence, count, marker from fact where source = 'ons_pfa';

create view recorded_offences as
select area, period_start, period_end, item as offence_code, count, marker
from fact where source = 'home_office_recorded';

create view offence_outcomes as
select area, period_start, period_end, item as offence_code, part as outcome_type,
    case
        when part in ('1', '1A') then 'charged'
        when part in ('2', '2A', '3', '3A', '6', '8', '22') then 'out_of_court'
        when part = '15' then 'evidential_victim_supports'
        when part in ('14', '16') then 'victim_does_not_support'
        when part = '18' then 'no_suspect'
        when part = '0' then 'not_yet_assigned'
        else 'other'
    end as outcome_group,
    count, marker
from fact where source = 'home_office_outcomes';

create view arrests as
select area, period_start, period_end, item as offence_group, part as sex, count, marker
from fact where source = 'home_office_arrests';

create view prosecutions as
select area, period_start, period_end, item as offence_category, part as result, count, marker
from fact where source = 'cps_outcomes';

create view homelessness as
select area, period_start, period_end, item, part as duty, count, marker from fact where source = 'homelessness';

create view children as
select area, period_start, period_end, item as factor, count, marker from fact where source = 'children_in_need';

create view residents as
select area, period_start, period_end, part as sex, count, marker from fact where source = 'ons_population';

create view residents_16_plus as
select area, period_start, period_end, part as sex, count, marker from fact where source = 'ons_population_16plus';

create view residents_by_age as
select area, period_start, period_end, part as age, count, marker from fact where source = 'ons_population_age';

create view households as
select area, period_start, period_end, count, marker from fact where source = 'census_households';

create view catalogue_measures as
select 'E23000021' as area, 0 as period_start, 0 as period_end, agreed, 1 as count, '' as marker
from catalogue_measure;

create view census_residents as
select area, period_start, period_end, part as who, count, marker from fact where source = 'census_2021';

-- Partner returns, protected before they were stored: a split of '' is the total of its line.
create view returned as
select area, period_start, period_end, item as line, part as split, count, marker
from fact where source = 'partner_returns';
