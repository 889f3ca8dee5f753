create schema bulletins;

create table bulletins.bulletin (
  org_id uuid not null,
  id uuid not null,
  title text not null check (length(title) between 2 and 100),
  period_from date not null,
  period_to date not null check (period_to >= period_from),
  body text not null,
  state text not null check (state in ('draft', 'issued', 'withdrawn')),
  doc_no text,
  issued_on date,
  numbers jsonb check ((numbers is null) = (state = 'draft')),
  withdrawn_why text,
  written_by uuid,
  written_at timestamptz(3) not null,
  version int not null,
  primary key (org_id, id)
);
comment on table bulletins.bulletin is 'fact: what a committee tells those below it about what records show; numbers are kept as they were issued';
create index bulletin_by_id on bulletins.bulletin (id);
create unique index bulletin_by_number on bulletins.bulletin (org_id, doc_no) where state = 'issued'
