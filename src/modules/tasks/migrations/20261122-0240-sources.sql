alter table tasks.task drop constraint task_source_check;

alter table tasks.task add constraint task_source_check
  check (source in ('resolution', 'deployment', 'plan', 'dualDuty', 'direct', 'rectification', 'guidance'))
