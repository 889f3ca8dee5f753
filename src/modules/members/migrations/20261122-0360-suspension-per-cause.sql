alter table members.suspension drop constraint suspension_pkey;

alter table members.suspension drop constraint suspension_person_id_valid_excl;

alter table members.suspension add primary key (person_id, cause, valid);

alter table members.suspension add exclude using gist (person_id with =, cause with =, valid with &&);

comment on table members.suspension is 'ref: no right to vote, by date, one row for each cause (V-09); rebuilt from facts'
