alter table meetings.plan add column election boolean not null default false;

create table meetings.left_out (
  org_id uuid not null,
  plan_id uuid not null,
  person_id uuid not null,
  reason text not null check (reason in ('unable', 'abroad', 'bedridden', 'awayUnmoved')),
  agreed_on date,
  letter_no text not null,
  decided_on date,
  primary key (org_id, plan_id, person_id),
  foreign key (org_id, plan_id) references meetings.plan
);
comment on table meetings.left_out is 'fact: who is not counted as expected at an election, by which agreement and which decision'
