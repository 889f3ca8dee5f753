create schema plans;

create table plans.entry (
  org_id uuid not null,
  id uuid not null,
  year int not null check (year between 2000 and 2100),
  title text not null check (length(title) between 2 and 200),
  text text not null,
  due_on date not null,
  lead_id uuid,
  counted text not null check (counted in ('meetings', 'task', 'said')),
  meeting_kind text check ((meeting_kind is not null) = (counted = 'meetings')),
  target int not null check (target between 1 and 366),
  done_on date,
  done_note text,
  ended_on date,
  adopted_on date not null,
  adopted_by uuid,
  version int not null,
  primary key (org_id, id)
);
comment on table plans.entry is 'fact: what an organisation plans to do in a year, until when, and which records count for it';
create index entry_by_id on plans.entry (id);
create index entry_by_year on plans.entry (org_id, year);

create table plans.report (
  org_id uuid not null,
  year int not null check (year between 2000 and 2100),
  text text not null,
  written_by uuid,
  written_at timestamptz(3) not null,
  version int not null,
  primary key (org_id, year)
);
comment on table plans.report is 'fact: what an organisation says of its year in its own words, beside what is counted'
