alter table files.content alter column bytes drop not null;

alter table files.content add column stored_key text;

alter table files.content add constraint content_somewhere check ((bytes is null) <> (stored_key is null));

create index content_by_key on files.content (stored_key) where stored_key is not null;

create table files.object (
  key text primary key,
  at timestamptz(3) not null
);
comment on table files.object is 'local: what was put into the bucket, noted before it is put, so that what nothing points to is deleted'
