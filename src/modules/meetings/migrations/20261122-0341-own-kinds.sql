create table meetings.own_kind (
  id uuid primary key,
  org_id uuid not null references organisation.org,
  attends text not null check (attends in ('all', 'committee', 'chosen')),
  votes boolean not null,
  agenda jsonb not null,
  retired_on date,
  added_by uuid references organisation.person,
  added_at timestamptz(3) not null,
  version int not null default 1
);
comment on table meetings.own_kind is 'ref: kinds of meeting that a unit added; those below it may hold them too';
create index on meetings.own_kind (org_id);

create table meetings.own_kind_name (
  kind_id uuid not null references meetings.own_kind,
  valid daterange not null check (not isempty(valid)),
  name text not null check (length(name) between 2 and 30),
  primary key (kind_id, valid),
  exclude using gist (kind_id with =, valid with &&)
);
comment on table meetings.own_kind_name is 'ref: what a unit called a kind of meeting of its own, by date';

alter table meetings.meeting add column own_kind_id uuid;

alter table meetings.plan add column own_kind_id uuid;

create index meeting_by_own_kind on meetings.meeting (own_kind_id) where own_kind_id is not null
