create schema statistics;

create table statistics.entry (
  org_id uuid not null,
  year int not null check (year between 2000 and 2100),
  sheet text not null,
  line text not null,
  col text not null,
  value int not null check (value between 0 and 10000000),
  source text not null check (length(source) between 2 and 200),
  entered_by uuid,
  entered_at timestamptz(3) not null,
  version int not null,
  primary key (org_id, year, sheet, line, col)
);
comment on table statistics.entry is 'fact: numbers of the yearly tables that no record says, entered with where they come from';

create table statistics.reading (
  org_id uuid not null,
  kind text not null check (kind in ('job', 'title', 'education')),
  text text not null check (length(text) between 1 and 200),
  code text not null check (length(code) between 1 and 20),
  version int not null,
  primary key (org_id, kind, text)
);
comment on table statistics.reading is 'fact: what a way of writing means in the tables of an organisation and those below it';

create table statistics.edition (
  org_id uuid not null,
  id uuid not null,
  year int not null check (year between 2000 and 2100),
  number int not null check (number > 0),
  day date not null,
  cells jsonb not null,
  failed int not null,
  note text not null check (length(note) <= 1000),
  submitted_by uuid,
  submitted_name text not null,
  submitted_at timestamptz(3) not null,
  primary key (org_id, id),
  unique (org_id, year, number)
);
comment on table statistics.edition is 'fact, append-only: the tables of a year as they were submitted';
create index edition_by_id on statistics.edition (id)
