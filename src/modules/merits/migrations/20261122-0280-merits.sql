create schema merits;

create table merits.record (
  org_id uuid not null,
  id uuid not null,
  person_id uuid not null references organisation.person,
  nature text not null check (nature in ('reward', 'sanction')),
  approved_on date not null,
  sealed text not null,
  until date,
  ended_on date,
  ended_why text check (ended_why in ('restored', 'revoked', 'withdrawn')),
  end_doc_no text,
  given_fact uuid not null,
  rights_facts uuid[] not null,
  recorded_by uuid,
  recorded_at timestamptz(3) not null,
  version int not null,
  primary key (org_id, id),
  check (nature = 'sanction' or until is null)
);
comment on table merits.record is 'fact: rewards and sanctions of members; what they were for lies sealed, until is the first day without effect';
create index record_by_id on merits.record (id);
create index record_by_person on merits.record (person_id, approved_on)
