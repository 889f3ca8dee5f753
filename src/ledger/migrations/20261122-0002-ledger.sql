create schema ledger;

create table ledger.fact (
  org_id uuid not null,
  id uuid not null,
  kind text not null,
  subject uuid not null,
  person_id uuid,
  happened_on date not null check (happened_on >= '1840-01-01' and happened_on < '2200-01-01'),
  recorded_at timestamptz(3) not null check (recorded_at >= '1949-10-01Z' and recorded_at < '2200-01-01Z'),
  operation text not null,
  actor_id uuid,
  body jsonb not null check (jsonb_typeof(body) = 'object'),
  primary key (org_id, id)
);
comment on table ledger.fact is 'fact, append-only: what happened, each once, typed by kind, written in the operation''s own transaction';
create index fact_by_kind on ledger.fact (org_id, kind, happened_on);
create index fact_by_subject on ledger.fact (subject, org_id);
create index fact_retractions on ledger.fact (org_id, subject) where kind = 'fact.retracted';

create table ledger.pending (
  org_id uuid not null,
  fact_id uuid not null,
  recorded_at timestamptz(3) not null,
  primary key (org_id, fact_id)
);
comment on table ledger.pending is 'fact: committed facts that have no number yet; the sequencer empties it';
create index pending_in_order on ledger.pending (recorded_at, fact_id);

create table ledger.entry (
  n bigint primary key check (n > 0),
  org_id uuid not null,
  fact_id uuid not null unique,
  leaf bytea not null check (length(leaf) = 32)
);
comment on table ledger.entry is 'local, append-only: the number of each fact and its leaf in the RFC 6962 tree (leaf index = n - 1)';

create table ledger.node (
  level smallint not null check (level > 0),
  at bigint not null check (at >= 0),
  hash bytea not null check (length(hash) = 32),
  primary key (level, at)
);
comment on table ledger.node is 'local, append-only: roots of complete subtrees of 256^level leaves, so that a proof reads few rows';

create table ledger.head (
  epoch integer not null check (epoch > 0),
  size bigint not null check (size > 0),
  root bytea not null check (length(root) = 32),
  signed_at timestamptz(3) not null,
  key_id text not null,
  signature bytea not null,
  primary key (epoch, size)
);
comment on table ledger.head is 'local, append-only: signed tree heads';
create index head_by_size on ledger.head (size);

create table ledger.epoch (
  epoch integer primary key check (epoch > 1),
  from_size bigint not null check (from_size >= 0),
  known_size bigint not null,
  known_root bytea not null,
  officers uuid[] not null check (cardinality(officers) = 2 and officers[1] <> officers[2]),
  opened_at timestamptz(3) not null,
  key_id text not null,
  signature bytea not null
);
comment on table ledger.epoch is 'local, append-only: epochs after the first, each opened by two officers after an older database was restored';

create table ledger.follower (
  name text primary key,
  n bigint not null default 0
);
comment on table ledger.follower is 'local: how far each reaction has followed the ledger';
