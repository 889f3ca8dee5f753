create table transfers.apart (
  one_id uuid not null references organisation.person,
  other_id uuid not null references organisation.person,
  reason text not null check (length(reason) between 2 and 200),
  said_by uuid,
  said_at timestamptz(3) not null,
  primary key (one_id, other_id),
  check (one_id < other_id)
);
comment on table transfers.apart is 'ref: two people who look alike on rosters and are not the same, with who said so and why'
