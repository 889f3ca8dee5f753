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
  parent_id uuid references organisation.org,
  kind text not null,
  name text not null check (length(name) between 1 and 100),
  short_name text,
  code text unique,
  founded_on date not null,
  dissolved_on date check (dissolved_on > founded_on),
  successor_id uuid references organisation.org check (successor_id <> id),
  version int not null default 1
);
comment on table organisation.org is 'ref: Party organisations; path, parent, kind and name as they are today (or last were), refreshed from the dated tables';
create index on organisation.org (name text_pattern_ops);

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
  parent_id uuid references organisation.unit,
  independent_legal_person boolean not null,
  name text not null check (length(name) between 1 and 100),
  short_name text,
  code text unique,
  founded_on date not null,
  dissolved_on date check (dissolved_on > founded_on),
  successor_id uuid references organisation.unit check (successor_id <> id),
  version int not null default 1
);
comment on table organisation.unit is 'ref: administrative units, a tree of their own; place and name as today, refreshed from the dated tables';
create index on organisation.unit (name text_pattern_ops);

create table organisation.unit_placement (
  unit_id uuid not null references organisation.unit,
  valid daterange not null check (not isempty(valid)),
  parent_id uuid references organisation.unit,
  independent_legal_person boolean not null,
  path text collate "C" not null,
  primary key (unit_id, valid),
  exclude using gist (unit_id with =, valid with &&)
);
comment on table organisation.unit_placement is 'ref: where an administrative unit stood, by date; rebuilt from facts';
create index on organisation.unit_placement (path);

create table organisation.unit_naming (
  unit_id uuid not null references organisation.unit,
  valid daterange not null check (not isempty(valid)),
  name text not null check (length(name) between 1 and 100),
  short_name text,
  primary key (unit_id, valid),
  exclude using gist (unit_id with =, valid with &&)
);
comment on table organisation.unit_naming is 'ref: what an administrative unit was called, by date';

create table organisation.coverage (
  org_id uuid not null references organisation.org,
  unit_id uuid not null references organisation.unit,
  valid daterange not null check (not isempty(valid)),
  primary key (org_id, unit_id, valid),
  exclude using gist (org_id with =, unit_id with =, valid with &&)
);
comment on table organisation.coverage is 'ref: which administrative units a Party organisation covers, by date; rebuilt from facts';

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
