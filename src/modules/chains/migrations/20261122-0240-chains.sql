create schema chains;

create table chains.chain (
  org_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('orgLifeMeeting', 'democraticLifeMeeting')),
  year int not null check (year between 2000 and 2100),
  title text not null check (length(title) between 1 and 200),
  opened_by uuid,
  opened_at timestamptz(3) not null,
  meeting_id uuid,
  held_fact uuid,
  held_on date,
  reported_on date,
  reported_fact uuid,
  dropped_reason text,
  version int not null,
  primary key (org_id, id),
  check ((meeting_id is null) = (held_on is null) and (meeting_id is null) = (held_fact is null)),
  check ((reported_on is null) = (reported_fact is null))
);
comment on table chains.chain is 'fact: a 组织生活会 or 民主生活会 of an organisation, from the first opinion to the report; changed by its steps only';
create index chain_by_id on chains.chain (id);
create index chain_by_meeting on chains.chain (org_id, meeting_id) where meeting_id is not null;
create unique index chain_before_meeting on chains.chain (org_id, kind, year) where meeting_id is null and dropped_reason is null;

create table chains.opinion (
  org_id uuid not null,
  id uuid not null,
  chain_id uuid not null,
  source text not null check (source in ('members', 'masses', 'units', 'superior', 'other')),
  from_whom text not null,
  text text not null check (length(text) between 1 and 2000),
  collected_by uuid,
  collected_on date not null,
  recorded_at timestamptz(3) not null,
  fact_id uuid not null,
  withdrawn_at timestamptz(3),
  primary key (org_id, id),
  foreign key (org_id, chain_id) references chains.chain
);
comment on table chains.opinion is 'fact: opinions sought before the meeting; their text is for the unit alone';
create index opinion_by_chain on chains.opinion (org_id, chain_id, id);
create index opinion_by_id on chains.opinion (id);

create table chains.person (
  org_id uuid not null,
  chain_id uuid not null,
  person_id uuid not null,
  text text,
  on_paper boolean not null default false,
  written_at timestamptz(3),
  primary key (org_id, chain_id, person_id),
  foreign key (org_id, chain_id) references chains.chain
);
comment on table chains.person is 'fact: who takes part, and the 对照检查 each wrote or handed in on paper';
create index person_by_person on chains.person (person_id);

create table chains.line (
  org_id uuid not null,
  id uuid not null,
  chain_id uuid not null,
  problem text not null check (length(problem) between 1 and 500),
  measure text not null check (length(measure) between 1 and 1000),
  owner_id uuid,
  due_on date not null,
  listed_at timestamptz(3) not null,
  primary key (org_id, id),
  foreign key (org_id, chain_id) references chains.chain
);
comment on table chains.line is 'fact, append-only: the rectification list of a meeting; each line is a task';
create index line_by_chain on chains.line (org_id, chain_id, id)
