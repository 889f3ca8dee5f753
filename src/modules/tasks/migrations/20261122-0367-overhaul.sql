alter table tasks.task drop constraint task_source_check;

alter table tasks.task add constraint task_source_check
  check (source in ('resolution', 'deployment', 'plan', 'dualDuty', 'direct', 'rectification', 'guidance', 'overhaul'));

drop index tasks.task_by_place;

create index task_by_place on tasks.task (source_place_id) where source in ('rectification', 'guidance', 'overhaul')
