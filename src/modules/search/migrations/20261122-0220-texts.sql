create schema search;

create table search.text (
  org_id uuid not null,
  kind text not null,
  id uuid not null,
  read_with text not null,
  title text not null,
  note text not null,
  open text not null,
  day date not null,
  body text not null,
  words tsvector not null,
  primary key (org_id, kind, id)
);
comment on table search.text is 'fact: what records say, to be found by any word of it; made again from the records whenever they change';
create index text_words on search.text using gin (words);
create index text_by_record on search.text (kind, id)
