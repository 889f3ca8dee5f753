create schema appraisals;

create table appraisals.round (
  org_id uuid not null,
  id uuid not null,
  year int not null check (year between 2000 and 2100),
  title text not null check (length(title) between 1 and 200),
  state text not null check (state in ('selfReview', 'ballot', 'feedback', 'closed', 'dropped')),
  opened_by uuid,
  opened_at timestamptz(3) not null,
  mutual_on date,
  count_id uuid,
  opinion_on date,
  over_cap text,
  dropped_reason text,
  version int not null,
  primary key (org_id, id)
);
comment on table appraisals.round is 'fact: 民主评议党员 of an organisation and year; changed by steps of its lifecycle only';
create index round_by_id on appraisals.round (id);
create unique index round_of_year on appraisals.round (org_id, year) where state <> 'dropped';

create table appraisals.member (
  org_id uuid not null,
  round_id uuid not null,
  person_id uuid not null,
  graded boolean not null,
  self_review text,
  self_at timestamptz(3),
  grade text check (grade in ('excellent', 'qualified', 'basic', 'unqualified')),
  grade_fact uuid,
  told_on date,
  told_by uuid,
  primary key (org_id, round_id, person_id),
  foreign key (org_id, round_id) references appraisals.round
);
comment on table appraisals.member is 'fact: the members of a round, what they wrote of themselves, and what the committee found';
create index member_by_person on appraisals.member (person_id)
