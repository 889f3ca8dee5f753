alter table files.content add column thumbnail bytea
