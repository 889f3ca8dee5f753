create schema identity;

create table identity.installation (
  id int primary key check (id = 1),
  unit_name text not null check (length(unit_name) between 2 and 60),
  profile text not null default 'standard' check (profile in ('standard', 'mlps3')),
  set_up_at timestamptz not null,
  version int not null default 1
);
comment on table identity.installation is 'ref: the unit whose installation this is; no row before the first run';

create table identity.first_run (
  id int primary key check (id = 1),
  code_index text not null,
  made_at timestamptz not null
);
comment on table identity.first_run is 'local: the one-time code of the first run, until it is used';

create table identity.account (
  id uuid primary key,
  person_id uuid not null unique references organisation.person,
  state text not null check (state in ('invited', 'active', 'disabled')),
  password_hash text,
  password_at timestamptz,
  totp_sealed text,
  totp_on boolean not null default false,
  totp_step bigint not null default 0,
  created_at timestamptz not null,
  version int not null default 1
);
comment on table identity.account is 'ref: who can sign in';

create table identity.login (
  key text primary key,
  account_id uuid not null references identity.account,
  kind text not null check (kind in ('staffNo', 'phone')),
  shown text not null
);
comment on table identity.login is 'ref: login names by blind index; of a phone only the ends are shown';
create index on identity.login (account_id);

create table identity.former_password (
  id uuid primary key,
  account_id uuid not null references identity.account,
  password_hash text not null
);
comment on table identity.former_password is 'local: the last passwords, which may not come back';
create index on identity.former_password (account_id);

create table identity.office (
  id uuid primary key,
  account_id uuid not null references identity.account,
  office text not null check (office in ('systemOfficer', 'securityOfficer', 'auditOfficer', 'partyAffairsWorker')),
  valid daterange not null check (not isempty(valid)),
  requested_by uuid,
  approved_by uuid,
  approved_at timestamptz,
  version int not null default 1,
  exclude using gist (account_id with =, valid with &&),
  check (approved_by is null or approved_by is distinct from requested_by),
  check (approved_by is distinct from account_id)
);
comment on table identity.office is 'ref: offices of the installation, by date; one person holds one; in force only when approved';

create table identity.session (
  id uuid primary key,
  token_hash text not null unique,
  account_id uuid not null references identity.account,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  previous_at timestamptz,
  factor text not null,
  source text not null,
  agent text not null
);
comment on table identity.session is 'local: who is signed in where; a revoked one is deleted';
create index on identity.session (account_id);
create index on identity.session (expires_at);

create table identity.ticket (
  token_hash text primary key,
  account_id uuid not null references identity.account,
  asks text not null check (asks in ('totp', 'newPassword')),
  expires_at timestamptz not null
);
comment on table identity.ticket is 'local: a sign-in whose first step succeeded';
create index on identity.ticket (account_id);

create table identity.batch (
  id uuid primary key,
  title text not null,
  issued_at timestamptz not null,
  issued_by uuid,
  until timestamptz not null,
  revoked_at timestamptz
);
comment on table identity.batch is 'local: slips that were issued together';
create index on identity.batch (issued_at, id);

create table identity.slip (
  id uuid primary key,
  batch_id uuid references identity.batch,
  account_id uuid not null references identity.account,
  purpose text not null check (purpose in ('activate', 'reset')),
  code_index text not null,
  seen_document text,
  issued_at timestamptz not null,
  issued_by uuid,
  until timestamptz not null,
  used_at timestamptz,
  revoked_at timestamptz
);
comment on table identity.slip is 'local: one-time codes, kept as keyed hashes only';
create index on identity.slip (account_id);
create index on identity.slip (batch_id);

create table identity.sign_in (
  id uuid primary key,
  account_id uuid,
  at timestamptz not null,
  source text not null,
  agent text not null,
  factor text not null,
  result text not null
);
comment on table identity.sign_in is 'local, append-only: every attempt to sign in';
create index on identity.sign_in (account_id, at);
create index on identity.sign_in (at);

create table identity.failure (
  login_key text not null,
  source text not null,
  first_at timestamptz not null,
  count int not null,
  locked_until timestamptz,
  primary key (login_key, source)
);
comment on table identity.failure is 'local: failed attempts by login and source; nobody is locked everywhere';

create table identity.oidc_pending (
  state_hash text primary key,
  browser_hash text not null,
  verifier text not null,
  nonce text not null,
  origin text not null,
  expires_at timestamptz not null
);
comment on table identity.oidc_pending is 'local: sign-ins that are away at the sign-in service of the unit'
