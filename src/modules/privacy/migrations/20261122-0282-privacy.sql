create schema privacy;

create table privacy.correction (
  id uuid primary key,
  person_id uuid not null references organisation.person,
  org_id uuid not null references organisation.org,
  what text not null check (length(what) between 1 and 60),
  says text not null check (length(says) between 2 and 500),
  asked_at timestamptz(3) not null,
  state text not null check (state in ('open', 'done', 'declined', 'withdrawn')),
  answer text check (length(answer) between 2 and 500),
  answered_at timestamptz(3),
  answered_by uuid,
  answered_name text,
  version int not null
);
comment on table privacy.correction is 'local: what a person asked the branch to correct about them, and the answer';
create index correction_by_org on privacy.correction (org_id, asked_at, id);
create unique index correction_open on privacy.correction (person_id, what) where state = 'open'
