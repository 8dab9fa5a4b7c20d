-- Facts as they came from files, and the figures published from them. Loading fails loudly here, not later.
create table area (
    code varchar primary key,
    name varchar not null,
    kind varchar not null check (kind in
        ('district', 'county', 'llr', 'unplaced', 'nation', 'region', 'force', 'authority', 'partnership'))
);

create table fact (
    source varchar not null,
    area varchar not null,
    period_start integer not null,
    period_end integer not null,
    item varchar not null,
    part varchar not null,
    count bigint,
    marker varchar not null check (marker in ('', 'missing', 'suppressed', 'provisional', 'revised', 'protected',
        'overdue', 'not_collected')),
    files varchar not null,
    check (period_end >= period_start),
    check (count is not null or marker in ('missing', 'suppressed', 'protected', 'overdue', 'not_collected')),
    primary key (source, area, period_start, period_end, item, part)
);

create table membership (parent varchar not null, child varchar not null, scheme varchar not null,
    first integer not null, last integer not null, check (first <= last),
    primary key (parent, child, scheme));

create table download (source varchar not null, id varchar not null, first integer not null, last integer not null);

create table known_fault (source varchar not null, indicator varchar not null, first integer not null,
    last integer not null, marker varchar not null, reason varchar not null);

create table catalogue_measure (id varchar primary key, agreed boolean not null);

create table figure (
    indicator varchar not null,
    area varchar not null,
    grain varchar not null check (grain in ('month', 'quarter', 'year', 'rolling12', 'edition')),
    period_start integer not null,
    period_end integer not null,
    breakdown varchar not null,
    grp varchar not null,
    numerator bigint,
    denominator bigint,
    value double,
    marker varchar not null check (marker in ('', 'provisional', 'incomplete', 'revised', 'missing', 'suppressed',
        'protected', 'not_due', 'overdue', 'not_collected')),
    note varchar not null,
    denominator_period varchar not null,
    lower double,
    upper double,
    method varchar not null default '',
    comparison varchar not null default '',
    rest_numerator bigint,
    rest_denominator bigint,
    rest_value double,
    lower_998 double,
    upper_998 double,
    chart_centre double,
    chart_lower double,
    chart_upper double,
    chart_points integer,
    chart_rule varchar not null default '',
    chart_side integer not null default 0,
    chart_note varchar not null default '',
    check (lower <= value and value <= upper),
    check (chart_lower < chart_upper),
    check (numerator is not null or value is not null or marker not in ('', 'provisional', 'revised')),
    primary key (indicator, area, grain, period_end, breakdown, grp)
);

-- Which places a place is compared with, and what publication needs to know of each measure to judge its figures.
create table peer (scheme varchar not null, area varchar not null, other varchar not null,
    first integer not null, last integer not null,
    primary key (scheme, area, other));

create table judged_measure (id varchar primary key, limits varchar not null, per integer not null,
    scheme varchar not null);

-- The newest point of every series of LLR and its districts whose control chart reaches the newest period of its
-- measure: how far out it lies, and how often chance alone flags there.
create table panel (
    indicator varchar not null,
    area varchar not null,
    grain varchar not null,
    period_end integer not null,
    points integer not null,
    mean double not null,
    p double not null check (p between 0 and 1),
    chance double not null check (chance between 0 and 1),
    rule varchar not null,
    side integer not null,
    primary key (indicator, area)
);

-- A month written YYYY-MM as a number, so that a period is a run of integers.
create macro month_number(month) as cast(month[1:4] as integer) * 12 + cast(month[6:7] as integer) - 1;
create macro month_words(number) as (['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August',
    'September', 'October', 'November', 'December'])[number % 12 + 1] || ' ' || number // 12;
create macro month_text(number) as printf('%04d-%02d', number // 12, number % 12 + 1);
