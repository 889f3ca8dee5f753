create schema rulebook;

create table rulebook.edition (
  id uuid primary key,
  org_id uuid not null references organisation.org,
  root_id uuid not null,
  number int not null check (number > 0),
  name text not null check (length(name) between 2 and 200),
  letter_no text not null,
  owner text not null check (length(owner) between 2 and 100),
  source text not null check (length(source) between 2 and 300),
  note text not null default '',
  valid_from date not null,
  review_on date,
  reviewed_on date,
  ended_on date,
  ended_how text check (ended_how in ('revised', 'repealed')),
  ended_why text not null default '',
  entered_by uuid references organisation.person,
  entered_at timestamptz(3) not null,
  version int not null default 1,
  unique (root_id, number),
  check ((ended_on is null) = (ended_how is null)),
  check (ended_on is null or ended_on > valid_from)
);
comment on table rulebook.edition is 'ref: the unit''s own regulations, one row for each edition; what happened to them when are facts';
create index on rulebook.edition (org_id, valid_from);
create index on rulebook.edition (review_on) where ended_on is null;

create table rulebook.applied (
  edition_id uuid not null references rulebook.edition,
  rule_id uuid not null references duties.rule,
  primary key (edition_id, rule_id)
);
comment on table rulebook.applied is 'ref: the duty rules by which the system applies a regulation';
create index on rulebook.applied (rule_id)
