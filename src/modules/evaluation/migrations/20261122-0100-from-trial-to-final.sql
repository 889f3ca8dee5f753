create table evaluation.trial (
  org_id uuid not null,
  id uuid not null,
  scheme_key text not null,
  period text not null,
  fingerprint text not null,
  through bigint not null,
  moved int not null,
  regraded int not null,
  tried_by uuid,
  tried_at timestamptz not null,
  primary key (org_id, id)
);
comment on table evaluation.trial is 'fact, append-only: every trial of a changed scheme on the facts of a period, by whom and with what effect';
create index on evaluation.trial (org_id, scheme_key, period);

alter table evaluation.run drop constraint run_state_check;

alter table evaluation.run add constraint run_state_check check (state in ('checking', 'resolved', 'announced', 'final'));

alter table evaluation.run add column meeting_id uuid;

alter table evaluation.run add column appeals_until date;

alter table evaluation.run add column announced_from date;

alter table evaluation.run add column announced_until date;

alter table evaluation.result add column through bigint;

create table evaluation.appeal (
  org_id uuid not null,
  id uuid not null,
  run_id uuid not null,
  path text not null,
  reason text not null,
  filed_by uuid,
  filed_at timestamptz not null,
  state text not null check (state in ('filed', 'upheld', 'rejected', 'withdrawn', 'settled')),
  decision text,
  decided_by uuid,
  decided_at timestamptz,
  version int not null default 1,
  primary key (org_id, id)
);
comment on table evaluation.appeal is 'fact: appeals of organisations against single marks of a published run, each decided by somebody else with a reason';
create index on evaluation.appeal (run_id, org_id);

create table evaluation.recalculation (
  org_id uuid not null,
  id uuid not null,
  run_id uuid not null,
  through bigint not null,
  score_before numeric,
  score_after numeric,
  grade_before text,
  grade_after text,
  items jsonb not null,
  recalculated_by uuid,
  recalculated_at timestamptz not null,
  primary key (org_id, id)
);
comment on table evaluation.recalculation is 'fact, append-only: what a recalculation after appeals changed for one organisation, before and after';
create index on evaluation.recalculation (run_id, org_id)
