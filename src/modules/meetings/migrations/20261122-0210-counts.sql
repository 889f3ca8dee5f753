create table meetings.count (
  org_id uuid not null,
  id uuid not null,
  plan_id uuid,
  title text not null check (length(title) between 1 and 200),
  choices text not null check (choices in ('vote', 'grade', 'report')),
  issued int not null check (issued > 0),
  entitled int not null,
  present int not null check (present <= entitled),
  rule text,
  tellers uuid[] not null check (cardinality(tellers) > 0),
  scrutineers uuid[] not null check (cardinality(scrutineers) > 0),
  state text not null check (state in ('typing', 'agreed', 'dropped')),
  reason text,
  opened_by uuid,
  opened_at timestamptz(3) not null,
  agreed_at timestamptz(3),
  fact_id uuid,
  version int not null,
  primary key (org_id, id),
  check (not tellers && scrutineers)
);
comment on table meetings.count is 'fact: paper votes counted by two, who type what they counted without seeing the other';
create index count_by_id on meetings.count (id);
create index count_by_day on meetings.count (org_id, opened_at, id);

create table meetings.count_line (
  org_id uuid not null,
  count_id uuid not null,
  position int not null,
  title text not null check (length(title) between 1 and 200),
  person_id uuid,
  agreed jsonb,
  primary key (org_id, count_id, position),
  foreign key (org_id, count_id) references meetings.count
);
comment on table meetings.count_line is 'fact: what or whom the paper votes are about; the figures once both agree';

create table meetings.count_typed (
  org_id uuid not null,
  count_id uuid not null,
  position int not null,
  side text not null check (side in ('teller', 'scrutineer')),
  attempt int not null,
  by_id uuid not null,
  figures jsonb not null,
  at timestamptz(3) not null,
  primary key (org_id, count_id, position, side, attempt),
  foreign key (org_id, count_id, position) references meetings.count_line
);
comment on table meetings.count_typed is 'fact, append-only: every figure either side typed, also those that did not agree'
