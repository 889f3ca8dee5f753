create schema care;

create table care.plan (
  org_id uuid not null,
  id uuid not null,
  person_id uuid not null references organisation.person,
  kind text not null check (kind in ('floating', 'lost', 'retired')),
  since date not null,
  place text not null check (length(place) <= 100),
  settled boolean not null,
  abroad boolean not null,
  contact_id uuid references organisation.person,
  every_days int not null check (every_days between 1 and 400),
  arrangement text check (arrangement in ('own', 'joined', 'community')),
  ended_on date,
  ended_why text,
  planned_fact uuid not null,
  version int not null,
  primary key (org_id, id)
);
comment on table care.plan is 'fact: floating, lost and retired members with who keeps contact how often; changed by steps only';
create index plan_by_id on care.plan (id);
create unique index plan_open on care.plan (org_id, person_id, kind) where ended_on is null;
create index plan_by_person on care.plan (person_id);

create table care.contact (
  org_id uuid not null,
  id uuid not null,
  plan_id uuid not null,
  on_day date not null,
  by_person_id uuid,
  fact_id uuid not null,
  primary key (org_id, id),
  foreign key (org_id, plan_id) references care.plan
);
comment on table care.contact is 'fact: that contact was made on a day; never what was said';
create unique index contact_of_day on care.contact (org_id, plan_id, on_day);

create table care.condolence (
  org_id uuid not null,
  id uuid not null,
  person_id uuid not null references organisation.person,
  on_day date not null,
  occasion text not null,
  form text not null,
  fact_id uuid not null,
  recorded_by uuid,
  primary key (org_id, id)
);
comment on table care.condolence is 'fact: 慰问 of a member: the day, the occasion and the kind';
create index condolence_by_day on care.condolence (org_id, on_day, id);
create index condolence_by_person on care.condolence (person_id)
