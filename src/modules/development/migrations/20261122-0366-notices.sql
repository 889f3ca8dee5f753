create table development.notice (
  org_id uuid not null,
  id uuid not null,
  course_id uuid not null,
  about text not null check (about in ('target', 'admission', 'conversion')),
  from_on date not null,
  until_on date not null,
  working_days int not null check (working_days between 1 and 100),
  place text not null check (length(place) between 2 and 100),
  result text check (result in ('none', 'unfounded', 'founded', 'cancelled')),
  result_on date,
  result_note text not null default '' check (length(result_note) <= 500),
  version int not null,
  primary key (org_id, id),
  foreign key (org_id, course_id) references development.course,
  check (from_on <= until_on),
  check ((result is null) = (result_on is null))
);
comment on table development.notice is 'fact: 公示 of somebody on the way into the Party: from when until when, and what came of it';
create index notice_by_course on development.notice (org_id, course_id, from_on);
create unique index notice_open on development.notice (org_id, course_id, about) where result is null;

create table development.failure (
  org_id uuid not null,
  id uuid not null,
  course_id uuid not null,
  no int not null check (no in (15, 23)),
  failed_on date not null,
  vote_id uuid not null,
  meeting_id uuid not null,
  votes jsonb not null,
  fact_id uuid not null,
  recorded_at timestamptz(3) not null,
  by_name text not null,
  primary key (org_id, id),
  foreign key (org_id, course_id) references development.course
);
comment on table development.failure is 'fact: a vote of the assembly on somebody that did not pass';
create index failure_by_course on development.failure (org_id, course_id, failed_on);
create unique index failure_by_vote on development.failure (org_id, vote_id);

create table development.local_rule (
  org_id uuid not null references organisation.org,
  rule text not null check (rule in ('notice', 'again')),
  is_on boolean not null,
  days int check (days between 5 and 30),
  months int check (months between 1 and 24),
  source text not null check (length(source) between 4 and 200),
  changed_by uuid,
  changed_at timestamptz(3) not null,
  version int not null,
  primary key (org_id, rule)
);
comment on table development.local_rule is 'ref: rules of the unit itself on 发展党员, switched on or off for all below it, with their source';

alter table development.step add column leaves_on date;

alter table development.step add column leaving_reason text check (length(leaving_reason) <= 300)
