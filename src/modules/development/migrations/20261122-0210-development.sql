create schema development;

create table development.course (
  org_id uuid not null,
  id uuid not null,
  person_id uuid not null references organisation.person,
  state text not null check (state in ('open', 'stopped', 'done')),
  stage int not null check (stage between 0 and 5),
  entered_through int not null check (entered_through between 0 and 25),
  prolong_months int check (prolong_months between 6 and 12),
  prolong_on date,
  prolonged_until date,
  due_on date,
  due_no int,
  from_on date,
  stop_reason text,
  stop_note text,
  stopped_on date,
  began_fact uuid not null,
  version int not null,
  primary key (org_id, id)
);
comment on table development.course is 'fact: the way of one person into the Party; changed by steps only';
create unique index course_open on development.course (org_id, person_id) where state = 'open';
create index course_by_person on development.course (person_id);
create index course_by_id on development.course (id);
create index course_by_due on development.course (org_id, state, due_on, id);

create table development.step (
  org_id uuid not null,
  id uuid not null,
  course_id uuid not null,
  no int not null check (no between 1 and 25),
  taken_on date not null,
  entered boolean not null,
  people uuid[] not null,
  vote_id uuid,
  meeting_id uuid,
  request_id uuid,
  votes jsonb,
  hours int,
  days int,
  papers text[] not null,
  place text not null,
  note text not null,
  fact_id uuid not null,
  recorded_at timestamptz(3) not null,
  by_name text not null,
  primary key (org_id, id),
  foreign key (org_id, course_id) references development.course
);
comment on table development.step is 'fact: steps taken, with papers, people and votes; a wrong date is put right by a new fact';
create index step_by_course on development.step (org_id, course_id, no, taken_on);
create unique index step_by_vote on development.step (org_id, vote_id) where vote_id is not null;

create table development.plan (
  org_id uuid not null,
  year int not null check (year between 1949 and 2100),
  number int not null check (number between 0 and 1000),
  version int not null,
  primary key (org_id, year)
);
comment on table development.plan is 'ref: how many members a branch may receive in a year, as its superior says';

create table development.pairing (
  org_id uuid not null,
  id uuid not null,
  person_id uuid not null references organisation.person,
  direction text not null check (direction in ('toMember', 'toBackbone')),
  mentor_id uuid not null references organisation.person,
  aim text not null,
  began_on date not null,
  due_on date,
  result text check (result in ('reached', 'notReached', 'stopped')),
  result_note text,
  ended_on date,
  version int not null,
  primary key (org_id, id),
  check (mentor_id <> person_id)
);
comment on table development.pairing is 'fact: 双培养, a plan with a mentor and its result';
create index pairing_by_day on development.pairing (org_id, began_on, id);
