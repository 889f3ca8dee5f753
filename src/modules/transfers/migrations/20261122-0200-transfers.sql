create schema transfers;

create table transfers.transfer (
  id uuid primary key,
  direction text not null check (direction in ('inside', 'out', 'in')),
  state text not null check (state in ('sent', 'received', 'returned', 'withdrawn')),
  person_id uuid not null references organisation.person,
  from_id uuid references organisation.org,
  to_id uuid references organisation.org,
  place text check (length(place) between 2 and 100),
  letter_no text not null check (length(letter_no) between 1 and 60),
  cause text not null,
  sent_on date not null,
  valid_until date not null check (valid_until >= sent_on),
  settled_on date,
  reason text,
  note text,
  end_posts uuid[] not null default '{}',
  membership_id uuid,
  version int not null default 1
);
comment on table transfers.transfer is 'ref: 组织关系转接 from letter to receipt; what scores depend on stands in facts';
create unique index transfer_open on transfers.transfer (person_id) where state = 'sent';
create index on transfers.transfer (from_id, sent_on);
create index on transfers.transfer (to_id, sent_on);
create index on transfers.transfer (person_id, sent_on);

create table transfers.letter (
  transfer_id uuid not null references transfers.transfer,
  issuer_id uuid not null references organisation.org,
  year int not null,
  serial int not null,
  issued_on date not null,
  valid_until date not null,
  primary key (issuer_id, year, serial)
);
comment on table transfers.letter is 'ref, append-only: the counterfoils of letters of introduction (存根)'
