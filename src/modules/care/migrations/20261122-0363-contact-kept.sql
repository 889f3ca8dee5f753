alter table care.plan add column last_on date;

alter table care.plan add column begins_on date;

comment on column care.plan.begins_on is 'when the person came with a plan: from this day the branch owes the contact; otherwise since';

update care.plan q set last_on = k.last_on
  from (select org_id, plan_id, max(on_day) as last_on from care.contact group by org_id, plan_id) k
  where k.org_id = q.org_id and k.plan_id = q.id;

create index plan_by_contact on care.plan (contact_id) where ended_on is null
