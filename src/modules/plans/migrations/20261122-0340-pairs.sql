alter table plans.entry add column side text not null default 'party' check (side in ('business', 'party'));

create table plans.pair (
  org_id uuid not null,
  task_id uuid not null,
  measure_id uuid not null check (measure_id <> task_id),
  primary key (org_id, task_id, measure_id),
  foreign key (org_id, task_id) references plans.entry,
  foreign key (org_id, measure_id) references plans.entry
);
comment on table plans.pair is 'fact: which Party measures of a year plan stand beside which key business task';
create index pair_by_measure on plans.pair (org_id, measure_id)
