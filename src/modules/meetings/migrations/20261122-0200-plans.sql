create table meetings.plan (
  org_id uuid not null,
  id uuid not null,
  kinds text[] not null check (cardinality(kinds) > 0),
  title text not null check (length(title) between 1 and 200),
  held_on date not null,
  starts_at timestamptz(0) not null,
  ends_at timestamptz(0) not null check (ends_at > starts_at),
  place text not null,
  chair_id uuid not null,
  recorder_id uuid not null check (recorder_id <> chair_id),
  observers text[] not null,
  note text not null,
  state text not null check (state in ('announced', 'held', 'cancelled')),
  reason text,
  meeting_id uuid,
  code_key text not null,
  made_by uuid,
  made_at timestamptz(3) not null,
  announced_fact uuid not null,
  version int not null,
  primary key (org_id, id)
);
comment on table meetings.plan is 'fact: meetings planned ahead, until they are recorded or cancelled';
create index plan_by_id on meetings.plan (id);
create index plan_by_day on meetings.plan (org_id, held_on, id);
create index plan_by_time on meetings.plan (starts_at) where state = 'announced';

create table meetings.plan_item (
  org_id uuid not null,
  plan_id uuid not null,
  position int not null,
  topic text not null check (length(topic) between 1 and 200),
  presenter_id uuid,
  papers text[] not null,
  back_from uuid,
  back_position int,
  dealt boolean,
  primary key (org_id, plan_id, position),
  foreign key (org_id, plan_id) references meetings.plan
);
comment on table meetings.plan_item is 'fact: the agenda of a planned meeting; what was not dealt with comes back';
create index plan_item_left on meetings.plan_item (org_id, plan_id) where dealt = false;
create index plan_item_back on meetings.plan_item (org_id, back_from) where back_from is not null;

create table meetings.invited (
  org_id uuid not null,
  plan_id uuid not null,
  person_id uuid not null,
  part text not null check (part in ('expected', 'guest')),
  answer text check (answer in ('comes', 'leave')),
  reason text,
  note text,
  answered_at timestamptz(3),
  excused boolean,
  excused_by uuid,
  signed_at timestamptz(3),
  way text check (way in ('code', 'codeLater', 'ticked')),
  primary key (org_id, plan_id, person_id),
  foreign key (org_id, plan_id) references meetings.plan
);
comment on table meetings.invited is 'fact: who was called to a planned meeting, what they answered, and whether they have signed in';
create index invited_by_person on meetings.invited (person_id);

create table meetings.template (
  org_id uuid not null,
  kind text not null,
  items jsonb not null,
  changed_by uuid,
  changed_at timestamptz(3) not null,
  version int not null,
  primary key (org_id, kind)
);
comment on table meetings.template is 'fact: the agenda that an organisation and those below it begin a plan of this kind with';

alter table meetings.meeting add column plan_id uuid
