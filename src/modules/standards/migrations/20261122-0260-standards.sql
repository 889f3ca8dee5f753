create schema standards;

create table standards.project (
  org_id uuid primary key references organisation.org,
  name text not null check (length(name) between 2 and 200),
  ends_on date not null,
  changed_by uuid references organisation.person,
  changed_at timestamptz(3) not null,
  version int not null default 1
);
comment on table standards.project is 'ref: for which task a temporary or joint branch was set up, and until when; the day is a fact';

create table standards.mark (
  org_id uuid not null references organisation.org,
  item text not null,
  met boolean not null,
  seen_on date not null,
  note text not null check (length(note) <= 300),
  marked_by uuid references organisation.person,
  marked_at timestamptz(3) not null,
  version int not null default 1,
  primary key (org_id, item)
);
comment on table standards.mark is 'ref: items of the check-list that no record answers, as somebody saw them on a day'
