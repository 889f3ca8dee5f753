-- The exclusion stands on the same two columns, is needed, and answers the same questions.
alter table members.standing drop constraint standing_pkey;
