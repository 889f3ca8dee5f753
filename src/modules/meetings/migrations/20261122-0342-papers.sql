alter table meetings.plan_item add column file_ids uuid[] not null default '{}'
