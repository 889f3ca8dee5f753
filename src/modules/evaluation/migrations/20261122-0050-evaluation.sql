create schema evaluation;

create table evaluation.scheme (
  id uuid primary key,
  org_id uuid not null,
  key text not null,
  edition int not null,
  name text not null,
  object_kind text not null,
  content jsonb not null,
  fingerprint text not null,
  state text not null check (state in ('draft', 'published', 'withdrawn')),
  document_no text,
  meeting_id uuid,
  change_note text,
  published_at timestamptz,
  version int not null default 1,
  unique (org_id, key, edition)
);
comment on table evaluation.scheme is 'ref: schemes of evaluation, frozen when published';
create index on evaluation.scheme (org_id, state);

create table evaluation.entry (
  org_id uuid not null,
  id uuid not null,
  scheme_key text not null,
  input_key text not null,
  period text not null,
  input jsonb not null,
  source text not null check (length(source) between 1 and 300),
  entered_by uuid,
  entered_at timestamptz not null,
  digest text not null,
  primary key (org_id, id)
);
comment on table evaluation.entry is 'fact, append-only: values entered by hand, each with its source; the ledger holds its digest';
create index on evaluation.entry (org_id, scheme_key, period);

create table evaluation.run (
  id uuid primary key,
  org_id uuid not null,
  scheme_id uuid not null references evaluation.scheme,
  fingerprint text not null,
  period text not null,
  as_at date not null,
  through bigint not null,
  root text not null,
  digest text not null,
  state text not null check (state in ('checking', 'final')),
  created_by uuid,
  created_at timestamptz not null,
  document_no text,
  version int not null default 1
);
comment on table evaluation.run is 'ref: published runs of a scheme; the same scheme, period, objects and number give the same digest';
create unique index run_once on evaluation.run (org_id, scheme_id, period);

create table evaluation.result (
  org_id uuid not null,
  run_id uuid not null,
  like_group text not null,
  score numeric,
  grade text,
  body jsonb not null,
  primary key (org_id, run_id)
);
comment on table evaluation.result is 'fact: what a run found for one organisation';
create index on evaluation.result (run_id, org_id);

create table evaluation.self_check (
  id uuid primary key,
  org_id uuid not null,
  allowed boolean not null,
  reason text not null,
  document_no text not null,
  decided_by uuid,
  decided_at timestamptz not null
);
comment on table evaluation.self_check is 'ref, append-only: decisions whether units may look at their own running score; the latest one of the nearest organisation holds';
create index on evaluation.self_check (org_id, decided_at);

create table evaluation.tally_set (
  id uuid primary key,
  object_kind text not null,
  period text not null,
  as_at date not null,
  questions text not null,
  through bigint not null,
  unique (object_kind, period, as_at, questions)
);
comment on table evaluation.tally_set is 'local: which sums are kept for a period that is over, and through which ledger number';

create table evaluation.tally (
  org_id uuid not null,
  set_id uuid not null,
  sums jsonb not null,
  primary key (org_id, set_id)
);
comment on table evaluation.tally is 'fact: expected and met of each question of a set, summed over the cases of one organisation; made again from facts';
create index on evaluation.tally (set_id, org_id)
