create schema dues;

create table dues.base (
  person_id uuid not null references organisation.person,
  valid daterange not null check (not isempty(valid)),
  payer text not null,
  amount_sealed text not null,
  primary key (person_id, valid),
  exclude using gist (person_id with =, valid with &&)
);
comment on table dues.base is 'ref: what a member''s 党费 is computed from, by date; the amount is sealed with a key outside the database and stands in no fact';

create table dues.list (
  id uuid primary key,
  org_id uuid not null references organisation.org,
  month date not null check (extract(day from month) = 1),
  listed_on date not null,
  unique (org_id, month)
);
comment on table dues.list is 'ref: the monthly lists of a branch';

create table dues.owed (
  id uuid primary key,
  org_id uuid not null references organisation.org,
  month date not null,
  person_id uuid not null references organisation.person,
  payer text not null,
  cents int not null check (cents >= 0),
  reduction_id uuid,
  unique (person_id, month)
);
comment on table dues.owed is 'ref: who owes what for a month, once, wherever they stood; rebuilt from facts';
create index on dues.owed (org_id, month);

create table dues.payment (
  id uuid primary key,
  org_id uuid not null references organisation.org,
  month date not null,
  person_id uuid not null references organisation.person,
  cents int not null check (cents > 0),
  paid_on date not null,
  method text not null,
  taken_back boolean not null default false,
  version int not null default 1
);
comment on table dues.payment is 'ref: what members paid themselves; rebuilt from facts';
create index on dues.payment (person_id, month);
create index on dues.payment (org_id, month);

create table dues.donation (
  id uuid primary key,
  org_id uuid not null references organisation.org,
  person_id uuid not null references organisation.person,
  paid_on date not null,
  cents int not null check (cents > 0),
  taken_back boolean not null default false,
  version int not null default 1
);
comment on table dues.donation is 'ref: 自愿一次多交, counted apart; rebuilt from facts';
create index on dues.donation (org_id, paid_on);

create table dues.reduction (
  id uuid primary key,
  org_id uuid not null references organisation.org,
  person_id uuid not null references organisation.person,
  from_month date not null,
  until_month date not null check (until_month >= from_month),
  cents int not null check (cents >= 0),
  reason text not null check (length(reason) between 2 and 200),
  state text not null check (state in ('asked', 'approved', 'refused', 'ended')),
  asked_by uuid,
  decided_by uuid,
  decided_on date,
  version int not null default 1
);
comment on table dues.reduction is 'ref: 少交或免交, studied by the branch and approved by its superior';
create index on dues.reduction (org_id, state);
create index on dues.reduction (person_id);

create table dues.rounding (
  org_id uuid not null references organisation.org,
  valid daterange not null check (not isempty(valid)),
  mode text not null,
  primary key (org_id, valid),
  exclude using gist (org_id with =, valid with &&)
);
comment on table dues.rounding is 'ref: how an organisation and those below it round to 分; rebuilt from facts'
