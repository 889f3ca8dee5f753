create schema visits;

create table visits.visit (
  org_id uuid not null,
  id uuid not null,
  meeting_id uuid not null,
  from_org_id uuid not null,
  guide_id uuid not null,
  visited_on date not null,
  comment text not null check (length(comment) between 1 and 4000),
  made_at timestamptz(3) not null,
  fact_id uuid not null,
  withdrawn_reason text,
  version int not null,
  primary key (org_id, id)
);
comment on table visits.visit is 'fact: a guide of a superior at a meeting of this organisation, and what they said of it (督导)';
create index visit_by_id on visits.visit (id);
create index visit_by_meeting on visits.visit (org_id, meeting_id);
create unique index visit_of_guide on visits.visit (org_id, meeting_id, guide_id) where withdrawn_reason is null;

create table visits.follow_up (
  org_id uuid not null,
  id uuid not null,
  visit_id uuid not null,
  text text not null check (length(text) between 1 and 500),
  due_on date not null,
  primary key (org_id, id),
  foreign key (org_id, visit_id) references visits.visit
);
comment on table visits.follow_up is 'fact, append-only: what the guide asked to be put right; each is a task';
create index follow_up_by_visit on visits.follow_up (org_id, visit_id, id)
