create schema politicalwork;

create table politicalwork.service (
  org_id uuid not null,
  id uuid not null,
  person_id uuid not null references organisation.person,
  engagement text not null check (engagement in ('fullTime', 'partTime')),
  duty text not null check (length(duty) between 2 and 60),
  from_on date not null,
  until_on date,
  entered_fact uuid not null,
  taken_back boolean not null default false,
  version int not null,
  primary key (org_id, id),
  check (until_on is null or until_on > from_on)
);
comment on table politicalwork.service is 'fact: who does political work for an organisation, full or part time, since when';
create index service_by_id on politicalwork.service (id);
create index service_by_person on politicalwork.service (person_id);
create unique index service_open on politicalwork.service (org_id, person_id) where until_on is null and not taken_back;

create table politicalwork.training (
  org_id uuid not null,
  id uuid not null,
  person_id uuid not null references organisation.person,
  kind text not null check (kind in ('training', 'certificate')),
  title text not null check (length(title) between 2 and 100),
  issuer text not null check (length(issuer) between 2 and 100),
  on_day date not null,
  hours int check (hours between 1 and 2000),
  valid_until date,
  fact_id uuid not null,
  primary key (org_id, id)
);
comment on table politicalwork.training is 'fact: courses and certificates of people who do political work';
create index training_by_id on politicalwork.training (id);
create index training_by_person on politicalwork.training (person_id, on_day);

create table politicalwork.word (
  person_id uuid not null references organisation.person,
  heading text not null,
  text text not null check (length(text) between 2 and 1000),
  written_at timestamptz(3) not null,
  version int not null,
  primary key (person_id, heading)
);
comment on table politicalwork.word is 'local: what somebody wrote about the own work under one of nine headings; nobody marks it';

create table politicalwork.headcount (
  org_id uuid primary key references organisation.org,
  employees int not null check (employees between 1 and 1000000),
  as_of date not null,
  changed_by uuid,
  changed_at timestamptz(3) not null,
  version int not null
);
comment on table politicalwork.headcount is 'ref: how many employees a unit has, as it says itself'
