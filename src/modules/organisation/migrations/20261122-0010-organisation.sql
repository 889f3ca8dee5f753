create schema organisation;

create table organisation.person (
  id uuid primary key,
  name text not null check (length(name) between 1 and 60),
  staff_no text unique,
  version int not null default 1
);
comment on table organisation.person is 'ref: who somebody is; what is known of a member stands in members';
create index on organisation.person (name text_pattern_ops, id);
create index on organisation.person (staff_no text_pattern_ops);

create table organisation.org (
  id uuid primary key,
  key text not null unique check (key ~ '^[0-9a-z]{8}$'),
  path text collate "C" not null unique,
  code text unique,
  founded_on date not null,
  dissolved_on date,
  successor_id uuid references organisation.org,
  version int not null default 1
);
comment on table organisation.org is 'ref: Party organisations; path is the place today (or the last one), for permissions';

create table organisation.placement (
  org_id uuid not null references organisation.org,
  valid daterange not null check (not isempty(valid)),
  parent_id uuid references organisation.org,
  kind text not null,
  path text collate "C" not null,
  primary key (org_id, valid),
  exclude using gist (org_id with =, valid with &&)
);
comment on table organisation.placement is 'ref: where and what an organisation was, by date; rebuilt from facts';
create index on organisation.placement (path);
create index on organisation.placement (parent_id);

create table organisation.naming (
  org_id uuid not null references organisation.org,
  valid daterange not null check (not isempty(valid)),
  name text not null check (length(name) between 1 and 100),
  short_name text,
  primary key (org_id, valid),
  exclude using gist (org_id with =, valid with &&)
);
comment on table organisation.naming is 'ref: what an organisation was called, by date';
create index on organisation.naming (name text_pattern_ops);

create table organisation.unit (
  id uuid primary key,
  key text not null unique check (key ~ '^[0-9a-z]{8}$'),
  path text collate "C" not null unique,
  code text unique,
  dissolved_on date,
  version int not null default 1
);
comment on table organisation.unit is 'ref: administrative units, a tree of their own';

create table organisation.unit_placement (
  unit_id uuid not null references organisation.unit,
  valid daterange not null check (not isempty(valid)),
  parent_id uuid references organisation.unit,
  name text not null check (length(name) between 1 and 100),
  path text collate "C" not null,
  independent_legal_person boolean not null default false,
  primary key (unit_id, valid),
  exclude using gist (unit_id with =, valid with &&)
);
comment on table organisation.unit_placement is 'ref: where an administrative unit stood and what it was called, by date';
create index on organisation.unit_placement (path);

create table organisation.coverage (
  org_id uuid not null references organisation.org,
  unit_id uuid not null references organisation.unit,
  valid daterange not null check (not isempty(valid)),
  primary key (org_id, unit_id, valid),
  exclude using gist (org_id with =, unit_id with =, valid with &&)
);
comment on table organisation.coverage is 'ref: which administrative units a Party organisation covers, by date';

create table organisation.employment (
  person_id uuid not null references organisation.person,
  unit_id uuid not null references organisation.unit,
  valid daterange not null check (not isempty(valid)),
  job text,
  primary key (person_id, unit_id, valid),
  exclude using gist (person_id with =, unit_id with =, valid with &&)
);
comment on table organisation.employment is 'ref: where a person works, by date';
create index on organisation.employment (unit_id);

create table organisation.post (
  id uuid primary key,
  org_id uuid not null references organisation.org,
  person_id uuid not null references organisation.person,
  role text not null,
  full_time boolean,
  valid daterange not null check (not isempty(valid)),
  version int not null default 1,
  exclude using gist (org_id with =, person_id with =, role with =, valid with &&)
);
comment on table organisation.post is 'ref: who holds which post, by date; rebuilt from facts';
create index on organisation.post (person_id);
create index on organisation.post (org_id);

create table organisation.term (
  org_id uuid not null references organisation.org,
  valid daterange not null check (not isempty(valid)),
  primary key (org_id, valid),
  exclude using gist (org_id with =, valid with &&)
);
comment on table organisation.term is 'ref: terms of office of a committee or secretary; rebuilt from facts';

create table organisation.assignment (
  id uuid primary key,
  person_id uuid not null references organisation.person,
  role text not null,
  org_id uuid not null references organisation.org,
  subtree boolean not null,
  valid daterange not null check (not isempty(valid)),
  requested_by uuid,
  requested_at timestamptz not null,
  approved_by uuid,
  approved_at timestamptz,
  refused_at timestamptz,
  reason text,
  version int not null default 1,
  check (approved_by is null or approved_by is distinct from requested_by)
);
comment on table organisation.assignment is 'ref: grants given to a person beside posts; in force only when approved';
create index on organisation.assignment (person_id);
create index on organisation.assignment (org_id);

create view organisation.org_now as
  select o.id, o.key, o.path, o.code, o.founded_on, o.dissolved_on, p.parent_id, p.kind, n.name, n.short_name
  from organisation.org o
  left join organisation.placement p on p.org_id = o.id
    and p.valid @> least(coalesce(o.dissolved_on - 1, current_date), greatest(current_date, o.founded_on))
  left join organisation.naming n on n.org_id = o.id
    and n.valid @> least(coalesce(o.dissolved_on - 1, current_date), greatest(current_date, o.founded_on));
comment on view organisation.org_now is 'ref: each organisation as it is today, or as it last was'
