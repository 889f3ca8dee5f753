create schema requests;

create table requests.request (
  org_id uuid not null,
  id uuid not null,
  to_org_id uuid not null,
  kind text not null,
  about_id uuid,
  title text not null check (length(title) between 1 and 200),
  body text not null,
  letter_no text,
  out_no int not null,
  in_no int,
  round int not null,
  state text not null check (state in ('sent', 'registered', 'returned', 'agreed', 'refused', 'withdrawn')),
  sent_on date not null,
  due_on date not null,
  registered_on date,
  answered_on date,
  doc_no text,
  reply text,
  retention text not null,
  sent_by uuid,
  sent_account uuid,
  sent_name text not null,
  answered_by uuid,
  answered_name text,
  received_fact uuid not null,
  answered_fact uuid,
  reply_fact uuid,
  recorded_at timestamptz(3) not null,
  version int not null,
  primary key (org_id, id),
  check (answered_by <> sent_by)
);
comment on table requests.request is 'fact: requests to a superior with their answers; changed by steps of their lifecycle only';
create index request_by_day on requests.request (org_id, sent_on, id);
create index request_by_receiver on requests.request (to_org_id, due_on, id);
create index request_by_id on requests.request (id);
create index request_by_subject on requests.request (about_id);

create table requests.deadline (
  org_id uuid not null,
  kind text not null,
  days int not null check (days between 1 and 366),
  version int not null,
  primary key (org_id, kind)
);
comment on table requests.deadline is 'ref: in how many working days an organisation answers a kind of request, where it says otherwise';
