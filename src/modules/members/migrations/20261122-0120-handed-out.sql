create table members.handed_out (
  id uuid primary key,
  at timestamptz not null,
  by_account_id uuid not null,
  person_ids uuid[] not null
);
comment on table members.handed_out is 'local, append-only: whom a file named that left without another person agreeing';
create index on members.handed_out (by_account_id, at)
