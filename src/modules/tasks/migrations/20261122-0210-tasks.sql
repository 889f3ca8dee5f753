create schema tasks;

create table tasks.deployment (
  id uuid primary key,
  org_id uuid not null references organisation.org,
  title text not null check (length(title) between 2 and 200),
  text text not null check (length(text) between 1 and 8000),
  own_text text not null,
  due_on date,
  given_on date not null,
  given_at timestamptz(3) not null,
  given_by uuid,
  receivers int not null check (receivers > 0),
  fact_id uuid not null,
  from_id uuid references tasks.deployment,
  from_task_id uuid,
  check ((from_id is null) = (from_task_id is null))
);
comment on table tasks.deployment is 'ref: what an organisation asked of others below it, and which received one it splits';
create index on tasks.deployment (org_id, given_on);
create index on tasks.deployment (from_id);

create table tasks.task (
  org_id uuid not null,
  id uuid not null,
  title text not null check (length(title) between 1 and 200),
  text text not null,
  source text not null check (source in ('resolution', 'deployment', 'plan', 'dualDuty', 'direct')),
  source_id uuid,
  source_place_id uuid,
  giver_org_id uuid not null,
  given_by uuid,
  given_at timestamptz(3) not null,
  given_fact uuid not null,
  lead_org_id uuid not null,
  lead_id uuid,
  state text not null check (state in ('given', 'received', 'planned', 'submitted', 'above', 'closed', 'cancelled')),
  due_on date,
  plan text,
  result text,
  submitted_at timestamptz(3),
  submitted_by uuid,
  closed_on date,
  closed_by uuid,
  hand_offs int not null default 0 check (hand_offs >= 0),
  returns int not null default 0 check (returns >= 0),
  recurrences int not null default 0 check (recurrences >= 0),
  above_org_id uuid,
  asked_due_on date,
  asked_reason text,
  asked_by uuid,
  effect_on date,
  effect_holds boolean,
  label text,
  label_on date,
  label_by uuid,
  label_basis text,
  version int not null default 1,
  primary key (org_id, id),
  check ((state = 'above') = (above_org_id is not null)),
  check (closed_by is null or submitted_by is null or closed_by <> submitted_by)
);
comment on table tasks.task is 'fact: what somebody must do; changed by steps of its lifecycle only';
create index task_by_id on tasks.task (id);
create index task_by_lead_org on tasks.task (lead_org_id, state, due_on);
create index task_by_lead on tasks.task (lead_id, state) where lead_id is not null;
create index task_by_giver on tasks.task (giver_org_id, state);
create index task_by_above on tasks.task (above_org_id) where above_org_id is not null;
create index task_by_source on tasks.task (source_id) where source_id is not null;

create table tasks.step (
  org_id uuid not null,
  id uuid not null,
  task_id uuid not null,
  at timestamptz(3) not null,
  by_id uuid,
  step text not null,
  text text not null,
  from_org_id uuid,
  to_org_id uuid,
  to_id uuid,
  due_on date,
  primary key (org_id, id),
  foreign key (org_id, task_id) references tasks.task
);
comment on table tasks.step is 'fact, append-only: the chain of a task: who did what and what they wrote';
create index step_by_task on tasks.step (org_id, task_id, id);

create table tasks.co_owner (
  org_id uuid not null,
  id uuid not null,
  task_id uuid not null,
  co_org_id uuid not null,
  co_id uuid,
  state text not null check (state in ('asked', 'accepted', 'declined')),
  reason text,
  answered_by uuid,
  answered_at timestamptz(3),
  version int not null default 1,
  primary key (org_id, id),
  foreign key (org_id, task_id) references tasks.task
);
comment on table tasks.co_owner is 'fact: who works on a task beside its lead, and whether they accepted';
create index co_owner_by_task on tasks.co_owner (org_id, task_id);
create index co_owner_by_person on tasks.co_owner (co_id) where co_id is not null;
create index co_owner_by_org on tasks.co_owner (co_org_id)
