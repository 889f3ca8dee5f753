create extension if not exists btree_gist;

create table kernel.audit (
  id uuid primary key,
  at timestamptz not null,
  account_id uuid,
  person_id uuid,
  who text not null,
  operation text not null,
  subject text,
  outcome text not null,
  request_id text not null,
  source text
);
comment on table kernel.audit is 'local, append-only: every command, allowed or refused';
create index on kernel.audit (at, id);
create index on kernel.audit (account_id, at);
create index on kernel.audit (operation, at);

create table kernel.idempotency (
  account_id uuid not null,
  key text not null,
  operation text not null,
  input_hash text not null,
  answer jsonb not null,
  at timestamptz not null,
  primary key (account_id, key)
);
comment on table kernel.idempotency is 'local: answers of commands, so that a repeated one has one effect';
create index on kernel.idempotency (at);
