create table meetings.topic (
  org_id uuid not null,
  id uuid not null,
  year int not null check (year between 2000 and 2100),
  month int not null check (month between 1 and 12),
  title text not null check (length(title) between 2 and 200),
  speaker_id uuid,
  speaker text not null,
  papers text[] not null,
  dropped_on date,
  version int not null,
  primary key (org_id, id)
);
comment on table meetings.topic is 'fact: what a 中心组 plans to study in a year, with month, speaker and papers';
create index topic_by_year on meetings.topic (org_id, year, month);

alter table meetings.plan_item add column topic_id uuid;

alter table meetings.item add column topic_id uuid;

create index item_by_topic on meetings.item (org_id, topic_id) where topic_id is not null
