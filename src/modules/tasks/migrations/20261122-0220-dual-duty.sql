create table tasks.duty_item (
  id uuid primary key,
  person_id uuid not null references organisation.person,
  org_id uuid not null references organisation.org,
  year int not null check (year between 2000 and 2100),
  side text not null check (side in ('business', 'party', 'integrity')),
  text text not null check (length(text) between 2 and 300),
  counted text not null check (counted in ('meetingsAttended', 'tasksClosed')),
  meeting_kind text check ((meeting_kind is not null) = (counted = 'meetingsAttended')),
  target int not null check (target between 1 and 366),
  adopted_on date not null,
  adopted_by uuid,
  ended_on date,
  version int not null default 1
);
comment on table tasks.duty_item is 'ref: what a leader answers for in a year (一岗双责), and which records count towards it';
create index on tasks.duty_item (person_id, year);
create index on tasks.duty_item (org_id, year)
