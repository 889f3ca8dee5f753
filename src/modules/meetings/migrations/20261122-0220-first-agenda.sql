alter table meetings.item add column first_agenda boolean
