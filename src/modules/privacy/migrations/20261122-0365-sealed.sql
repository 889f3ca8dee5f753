alter table privacy.correction add column says_sealed text;

alter table privacy.correction add column answer_sealed text;

alter table privacy.correction alter column says drop not null;

alter table privacy.correction add check (num_nonnulls(says, says_sealed) = 1);

comment on column privacy.correction.says is 'only until the next start seals what an older program kept in clear';

create index correction_by_person on privacy.correction (person_id, asked_at, id)
