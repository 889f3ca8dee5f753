create table duties.exemption_request (
  id uuid primary key,
  org_id uuid not null references organisation.org,
  duty text not null,
  from_on date not null,
  until_on date not null,
  reason text not null check (length(reason) between 2 and 300),
  state text not null check (state in ('asked', 'granted', 'refused')),
  asked_by uuid references organisation.person,
  asked_at timestamptz(3) not null,
  decided_by uuid references organisation.person,
  decided_at timestamptz(3),
  answer text not null default '',
  exemption_id uuid references duties.exemption,
  version int not null default 1,
  check (from_on <= until_on),
  check ((state = 'asked') = (decided_at is null)),
  check ((state = 'granted') = (exemption_id is not null))
);
comment on table duties.exemption_request is 'ref: what branches asked not to owe for a time, and what the organisation above decided';
create index on duties.exemption_request (org_id, asked_at)
