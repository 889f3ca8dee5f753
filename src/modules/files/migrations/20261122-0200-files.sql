create schema files;

create table files.file (
  org_id uuid not null,
  id uuid not null,
  name text not null check (length(name) between 1 and 200),
  kind text not null,
  bytes int not null check (bytes > 0),
  sha256 text not null,
  sent_by uuid not null,
  sent_at timestamptz(3) not null,
  subject text,
  subject_id uuid,
  read_with text,
  about_id uuid,
  taken_at timestamptz(3),
  removed_at timestamptz(3),
  removed_by uuid,
  removed_why text,
  primary key (org_id, id),
  check ((subject is null) = (subject_id is null) and (subject is null) = (read_with is null) and (subject is null) = (taken_at is null))
);
comment on table files.file is 'fact: files kept with records: which record, and the capability with which the record is read';
create index on files.file (id);
create index on files.file (subject_id) where removed_at is null;
create index file_loose on files.file (sent_by, sent_at) where subject is null;

create table files.content (
  org_id uuid not null,
  file_id uuid not null,
  bytes bytea not null,
  words text not null,
  primary key (org_id, file_id),
  foreign key (org_id, file_id) references files.file on delete cascade
);
alter table files.content alter column bytes set storage external;
comment on table files.content is 'fact: what is in a kept file, and the text that was found in it'
