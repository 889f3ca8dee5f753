create schema calendar;

create table calendar.feed (
  id uuid primary key,
  person_id uuid not null references organisation.person,
  org_id uuid references organisation.org,
  token_hash text not null unique,
  made_at timestamptz(3) not null,
  read_on date,
  revoked_at timestamptz(3)
);
comment on table calendar.feed is 'local: secret links by which a person''s other calendar reads; only the hash of each is kept';
create index on calendar.feed (person_id)
