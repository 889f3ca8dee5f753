create schema forms;

create table forms.form (
  org_id uuid not null,
  id uuid not null,
  name text not null check (length(name) between 1 and 100),
  made_at timestamptz(3) not null,
  ended_at timestamptz(3),
  version int not null,
  primary key (org_id, id)
);
comment on table forms.form is 'fact: a superior''s form that an organisation and those below it fill in from records';
create index form_by_id on forms.form (id);

create table forms.edition (
  org_id uuid not null,
  form_id uuid not null,
  number int not null check (number > 0),
  file_id uuid not null,
  layout jsonb not null,
  spots jsonb not null,
  changed_by uuid,
  changed_name text not null,
  changed_at timestamptz(3) not null,
  primary key (org_id, form_id, number),
  foreign key (org_id, form_id) references forms.form
);
comment on table forms.edition is 'fact, append-only: the blank of a form with what goes into which cell, as it was from then on'
