create schema notifications;

create table notifications.notice (
  id uuid primary key,
  person_id uuid not null references organisation.person,
  kind text not null,
  key text not null,
  text text not null check (length(text) between 1 and 300),
  open text not null check (open like '/%'),
  at timestamptz(3) not null,
  read_at timestamptz(3),
  told_at timestamptz(3),
  unique (person_id, kind, key)
);
comment on table notifications.notice is 'local: what a person is told: once for each thing, until it is read or over';
create index notice_unread on notifications.notice (person_id) where read_at is null;
create index notice_by_person on notifications.notice (person_id, at, id);
create index notice_by_kind on notifications.notice (kind, key) where read_at is null;

create table notifications.mailbox (
  person_id uuid primary key references organisation.person,
  address_sealed text not null,
  code_hash text,
  code_until timestamptz(3),
  tries int not null default 0,
  confirmed_at timestamptz(3),
  digest boolean not null default true,
  changed_at timestamptz(3) not null
);
comment on table notifications.mailbox is 'local: where a person asked to be written to, sealed; used once it was confirmed';

create table notifications.robot (
  org_id uuid not null references organisation.org,
  service text not null check (service in ('wecom', 'dingtalk')),
  address_sealed text not null,
  set_by uuid,
  set_at timestamptz(3) not null,
  primary key (org_id, service)
);
comment on table notifications.robot is 'local: the group robots that an organisation asked to have told, each address sealed';

create table notifications.delivery (
  id uuid primary key,
  person_id uuid references organisation.person,
  org_id uuid references organisation.org,
  channel text not null check (channel in ('mail', 'wecom', 'dingtalk')),
  subject text not null,
  body text not null,
  key text,
  made_at timestamptz(3) not null,
  due_at timestamptz(3) not null,
  attempts int not null default 0,
  failure text,
  sent_at timestamptz(3),
  given_up_at timestamptz(3),
  check ((person_id is null) <> (org_id is null))
);
comment on table notifications.delivery is 'local: messages on their way out of the system, each until it was taken over or given up';
create index delivery_due on notifications.delivery (due_at) where sent_at is null and given_up_at is null;
create index delivery_made on notifications.delivery (made_at, id);
create unique index delivery_once on notifications.delivery (org_id, channel, key) where key is not null
