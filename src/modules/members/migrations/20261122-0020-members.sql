create schema members;

create table members.profile (
  person_id uuid primary key references organisation.person,
  sex text check (sex in ('male', 'female')),
  nation text,
  birth_from date,
  birth_until date,
  birth_precision text check (birth_precision in ('day', 'month', 'year')),
  education text,
  degree text,
  job text,
  position text,
  title text,
  native_place text,
  party_group text,
  mobile boolean,
  lost boolean,
  outflow text,
  note text,
  applied_on date,
  joined_from date,
  joined_until date,
  joined_precision text check (joined_precision in ('day', 'month', 'year')),
  converted_from date,
  converted_until date,
  converted_precision text check (converted_precision in ('day', 'month', 'year')),
  id_sealed text,
  id_index text unique,
  phone_sealed text,
  phone_index text,
  address_sealed text,
  version int not null default 1
);
comment on table members.profile is 'ref: the member file; id number, phone and address are sealed with a key outside the database';
create index on members.profile (phone_index);

create table members.reveal (
  id uuid primary key,
  at timestamptz not null,
  by_person_id uuid,
  by_account_id uuid,
  person_id uuid not null references organisation.person,
  field text not null check (field in ('idNumber', 'phone', 'address')),
  reason text not null check (length(reason) between 2 and 200)
);
comment on table members.reveal is 'local, append-only: who had a sealed field shown, of whom, when and why';
create index on members.reveal (by_account_id, at);
create index on members.reveal (person_id, at);

create table members.membership (
  id uuid primary key,
  person_id uuid not null references organisation.person,
  org_id uuid not null references organisation.org,
  valid daterange not null check (not isempty(valid)),
  inferred boolean not null,
  version int not null default 1,
  exclude using gist (person_id with =, org_id with =, valid with &&)
);
comment on table members.membership is 'ref: who stands on which roster, by date; rebuilt from facts';
create index on members.membership (org_id);
create index on members.membership (person_id);

create table members.standing (
  person_id uuid not null references organisation.person,
  valid daterange not null check (not isempty(valid)),
  standing text not null,
  precision text not null,
  primary key (person_id, valid),
  exclude using gist (person_id with =, valid with &&)
);
comment on table members.standing is 'ref: 人员类别 by date; rebuilt from facts';

create table members.suspension (
  person_id uuid not null references organisation.person,
  valid daterange not null check (not isempty(valid)),
  cause text not null,
  primary key (person_id, valid),
  exclude using gist (person_id with =, valid with &&)
);
comment on table members.suspension is 'ref: no right to vote, by date (V-09); rebuilt from facts'
