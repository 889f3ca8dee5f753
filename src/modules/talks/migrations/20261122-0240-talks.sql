create schema talks;

create table talks.talk (
  org_id uuid not null,
  id uuid not null,
  a_id uuid not null,
  b_id uuid not null,
  held_on date not null,
  recorded_by uuid,
  recorded_at timestamptz(3) not null,
  fact_id uuid not null,
  withdrawn_at timestamptz(3),
  withdrawn_by uuid,
  primary key (org_id, id),
  check (a_id < b_id)
);
comment on table talks.talk is 'fact: that two persons talked on a day (谈心谈话); what was said stands nowhere';
create unique index talk_once on talks.talk (org_id, a_id, b_id, held_on) where withdrawn_at is null;
create index talk_by_day on talks.talk (org_id, held_on, id);
create index talk_by_id on talks.talk (id)
