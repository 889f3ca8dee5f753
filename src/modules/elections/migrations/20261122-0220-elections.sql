create schema elections;

create table elections.election (
  id uuid primary key,
  org_id uuid not null references organisation.org,
  state text not null,
  planned_on date not null,
  seats int not null check (seats between 1 and 30),
  direct boolean not null,
  full_members int not null,
  held_on date,
  entitled int,
  present int,
  monitor_id uuid references organisation.person,
  counter_id uuid references organisation.person,
  opened_by uuid,
  version int not null default 1
);
comment on table elections.election is 'ref: 换届 from the first 请示 to the last 批复';
create unique index election_running on elections.election (org_id) where state not in ('completed', 'cancelled');

create table elections.candidate (
  election_id uuid not null references elections.election,
  person_id uuid not null references organisation.person,
  place int not null,
  elected_votes int,
  role text,
  primary key (election_id, person_id)
);
comment on table elections.candidate is 'ref: the candidates of an election, who of them was elected and to what';

create table elections.round (
  id uuid primary key,
  election_id uuid not null references elections.election,
  n int not null,
  seats int not null,
  candidates uuid[] not null,
  issued int not null,
  settled boolean not null default false,
  version int not null default 1,
  unique (election_id, n)
);
comment on table elections.round is 'ref: the ballots of an election, one after another';

create table elections.count (
  round_id uuid not null references elections.round,
  side text not null check (side in ('monitor', 'counter')),
  person_id uuid not null references organisation.person,
  returned int not null,
  invalid int not null,
  votes jsonb not null,
  primary key (round_id, side)
);
comment on table elections.count is 'ref: what 监票人 and 计票人 typed, each without seeing the other';

create table elections.extension (
  id uuid primary key,
  org_id uuid not null references organisation.org,
  until date not null,
  reason text not null check (length(reason) between 2 and 200),
  state text not null check (state in ('asked', 'approved', 'refused')),
  version int not null default 1
);
comment on table elections.extension is 'ref: 延期换届, planned by the organisation and approved by its superior'
