create schema workdays;

create table workdays.year (
  year int primary key check (year between 1990 and 2100),
  id uuid not null unique,
  source text not null check (length(source) between 2 and 200),
  entered_on date,
  entered_by uuid,
  version int not null default 1
);
comment on table workdays.year is 'ref: years whose public holidays are known, with the notice they come from';

create table workdays.day (
  day date primary key,
  year int not null references workdays.year,
  rest boolean not null,
  name text not null check (length(name) between 1 and 40),
  check (extract(year from day) = year)
);
comment on table workdays.day is 'ref: days that the week does not decide: holidays, and weekends worked in exchange';
create index on workdays.day (year)
