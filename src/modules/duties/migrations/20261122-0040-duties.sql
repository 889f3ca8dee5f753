create schema duties;

create table duties.rule (
  id uuid primary key,
  org_id uuid not null,
  valid daterange not null check (not isempty(valid)),
  body jsonb not null,
  code text unique,
  wording text not null check (length(wording) between 1 and 500),
  source text not null check (length(source) between 1 and 300),
  verified_on date,
  verified_by uuid,
  version int not null default 1
);
comment on table duties.rule is 'ref: rules on what is owed; the figures are facts, the wording and source stand here';
create index on duties.rule (org_id);

create table duties.exemption (
  id uuid primary key,
  org_id uuid not null references organisation.org,
  duty text not null,
  from_on date not null,
  until_on date not null,
  reason text not null check (length(reason) between 2 and 300),
  approved_by text not null check (length(approved_by) between 2 and 100),
  granted_by uuid,
  withdrawn_at timestamptz,
  version int not null default 1,
  check (from_on <= until_on)
);
comment on table duties.exemption is 'ref: duties not owed for a time, with the approver';
create index on duties.exemption (org_id, until_on)
