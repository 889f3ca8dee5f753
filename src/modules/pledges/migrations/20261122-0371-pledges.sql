create schema pledges;

create table pledges.pledge (
  org_id uuid not null,
  id uuid not null,
  person_id uuid not null references organisation.person,
  kind text not null check (kind in ('integrity', 'service', 'work')),
  text text not null check (length(text) between 4 and 1000),
  audience_id uuid not null references organisation.org,
  published_on date not null,
  until_on date not null,
  account text check (account in ('kept', 'partly', 'notKept')),
  account_text text check (length(account_text) <= 1000),
  account_on date,
  account_fact uuid,
  withdrawn_on date,
  withdrawn_note text check (length(withdrawn_note) <= 300),
  published_fact uuid not null,
  version int not null,
  primary key (org_id, id),
  check (until_on > published_on),
  check ((account is null) = (account_on is null))
);
comment on table pledges.pledge is 'fact: what somebody promised in public, to whom, until when, and the own account of it; nobody marks it';
create index pledge_by_id on pledges.pledge (id);
create index pledge_by_person on pledges.pledge (person_id);
create index pledge_by_audience on pledges.pledge (audience_id, published_on)
