create table notifications.quiet (
  id uuid primary key,
  from_hour int not null check (from_hour between 0 and 23),
  until_hour int not null check (until_hour between 0 and 23 and until_hour <> from_hour),
  changed_by uuid references organisation.person,
  changed_at timestamptz(3) not null,
  version int not null default 1
);
comment on table notifications.quiet is 'local: the hours in which nothing goes out: of the whole unit (the nil id), or of the person with that id, which then hold instead';

alter table notifications.delivery add column at_once boolean not null default false;
comment on column notifications.delivery.at_once is 'somebody waits for it: a code, a trial; sent in quiet hours as well'
