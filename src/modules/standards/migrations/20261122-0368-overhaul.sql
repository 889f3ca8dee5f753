create table standards.weak_rule (
  org_id uuid primary key references organisation.org,
  is_on boolean not null,
  reasons text[] not null,
  vacant_months int not null check (vacant_months between 1 and 24),
  undeveloped_months int not null check (undeveloped_months between 12 and 60),
  source text not null check (length(source) between 4 and 200),
  changed_by uuid references organisation.person,
  changed_at timestamptz(3) not null,
  version int not null
);
comment on table standards.weak_rule is 'ref: by which situations, seen in the records, a unit looks at a branch as 软弱涣散; off unless set';

create table standards.overhaul (
  org_id uuid not null,
  id uuid not null,
  by_org_id uuid not null,
  reasons text[] not null,
  says text[] not null,
  fact_ids uuid[] not null,
  begun_on date not null,
  until_on date not null,
  helper_id uuid not null references organisation.person,
  state text not null check (state in ('open', 'passed', 'withdrawn')),
  ended_on date,
  begun_fact uuid not null,
  version int not null,
  primary key (org_id, id),
  check (begun_on < until_on),
  check ((state = 'open') = (ended_on is null))
);
comment on table standards.overhaul is 'fact: a branch being put in order, with the records it began from, the helper and the term';
create index overhaul_by_id on standards.overhaul (id);
create unique index overhaul_open on standards.overhaul (org_id) where state = 'open';
create index overhaul_by_helper on standards.overhaul (helper_id);

create table standards.overhaul_step (
  org_id uuid not null,
  id uuid not null,
  overhaul_id uuid not null,
  step text not null check (step in ('begun', 'measure', 'said', 'extended', 'passed', 'withdrawn')),
  text text not null check (length(text) <= 2000),
  at timestamptz(3) not null,
  by_id uuid,
  by_name text not null,
  task_id uuid,
  primary key (org_id, id),
  foreign key (org_id, overhaul_id) references standards.overhaul
);
comment on table standards.overhaul_step is 'fact, append-only: what was done and said while a branch was put in order';
create index overhaul_step_by_overhaul on standards.overhaul_step (org_id, overhaul_id, at)
