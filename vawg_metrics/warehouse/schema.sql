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
    marker varchar not null check (marker in ('', 'missing', 'suppressed', 'provisional', 'revised')),
    files varchar not null,
    check (period_end >= period_start),
    check (count is not null or marker in ('missing', 'suppressed')),
    primary key (source, area, period_start, period_end, item, part)
);

create table membership (parent varchar not null, child varchar not null, scheme varchar not null,
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
    check (numerator is not null or value is not null or marker not in ('', 'provisional', 'revised')),
    primary key (indicator, area, grain, period_end, breakdown, grp)
);

-- A month written YYYY-MM as a number, so that a period is a run of integers.
create macro month_number(month) as cast(month[1:4] as integer) * 12 + cast(month[6:7] as integer) - 1;
create macro month_words(number) as (['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August',
    'September', 'October', 'November', 'December'])[number % 12 + 1] || ' ' || number // 12;
create macro month_text(number) as printf('%04d-%02d', number // 12, number % 12 + 1);
