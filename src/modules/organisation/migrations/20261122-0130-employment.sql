-- What a person does there stands in the member's file; a place of work comes from facts alone.
alter table organisation.employment drop column job;

comment on table organisation.employment is 'ref: where a person works, by date; rebuilt from facts';
