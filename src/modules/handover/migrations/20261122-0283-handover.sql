create schema handover;

create table handover.pack (
  org_id uuid not null,
  id uuid not null,
  from_id uuid not null references organisation.person,
  to_id uuid not null references organisation.person,
  on_day date not null,
  state text not null check (state in ('open', 'signed', 'cancelled')),
  note text not null check (length(note) <= 4000),
  lines jsonb,
  from_at timestamptz(3),
  to_at timestamptz(3),
  opened_by uuid,
  opened_at timestamptz(3) not null,
  version int not null,
  primary key (org_id, id),
  check (from_id <> to_id),
  check ((state = 'signed') = (from_at is not null and to_at is not null))
);
comment on table handover.pack is 'fact: what one secretary hands over to the next, and that both signed';
create index pack_by_id on handover.pack (id);
create unique index pack_open on handover.pack (org_id) where state = 'open'
