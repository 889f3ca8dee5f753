create table identity.agreement (
  id uuid primary key,
  kind text not null check (kind in ('officerReset', 'rosterExport')),
  subject uuid,
  about text not null,
  detail jsonb not null,
  count int,
  reason text not null check (length(reason) between 2 and 200),
  requested_by uuid not null,
  requested_at timestamptz not null,
  until timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  agreed boolean,
  remark text,
  used_at timestamptz,
  version int not null default 1,
  check ((decided_at is null) = (agreed is null)),
  check (decided_by is distinct from requested_by or decided_by is null),
  check (kind <> 'officerReset' or decided_by is distinct from subject)
);
comment on table identity.agreement is 'local: what one person wants to do and another has to agree to; good for one use';
create index on identity.agreement (requested_by, requested_at);
create index on identity.agreement (until);
alter table identity.session add column proven_at timestamptz
