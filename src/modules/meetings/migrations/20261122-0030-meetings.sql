create schema meetings;

create table meetings.meeting (
  org_id uuid not null,
  id uuid not null,
  kinds text[] not null check (cardinality(kinds) > 0),
  title text not null check (length(title) between 1 and 200),
  held_on date not null,
  started_at timestamptz(0),
  ended_at timestamptz(0) check (ended_at > started_at),
  place text not null,
  chair_id uuid,
  chair_name text,
  recorder_id uuid,
  recorder_name text,
  teller_id uuid,
  scrutineer_id uuid,
  observers text[] not null,
  state text not null check (state in ('submitted', 'signed', 'archivedOnPaper', 'cancelled')),
  expected int not null check (expected >= 0),
  present int not null check (present >= 0),
  entitled int,
  entitled_present int check (entitled_present <= entitled),
  roster_expected int,
  file_expected int,
  file_present int,
  late boolean not null,
  warnings jsonb not null,
  recorded_at timestamptz(3) not null,
  submitted_by uuid,
  signed_by uuid check (signed_by <> submitted_by),
  signed_at timestamptz(3),
  by_substitute boolean,
  sign_note text,
  cancelled_by uuid,
  cancelled_at timestamptz(3),
  cancel_reason text,
  cancel_note text,
  held_fact uuid not null,
  source_key text,
  source_hash text,
  version int not null,
  primary key (org_id, id),
  unique (org_id, source_key)
);
comment on table meetings.meeting is 'fact: meetings with their figures; changed by steps of their lifecycle only';
create index meeting_by_day on meetings.meeting (org_id, held_on, id);
create index meeting_by_id on meetings.meeting (id);
create index meeting_by_title on meetings.meeting (title text_pattern_ops);
create index meeting_unsigned on meetings.meeting (org_id, recorded_at) where state = 'submitted';

create table meetings.attendance (
  org_id uuid not null,
  meeting_id uuid not null,
  person_id uuid not null,
  present boolean not null,
  reason text,
  note text,
  entitled boolean not null,
  why text not null,
  primary key (org_id, meeting_id, person_id),
  foreign key (org_id, meeting_id) references meetings.meeting
);
comment on table meetings.attendance is 'fact: everybody who was expected that day, whether they came, and whether they may vote';
create index attendance_by_person on meetings.attendance (person_id);

create table meetings.item (
  org_id uuid not null,
  meeting_id uuid not null,
  position int not null,
  topic text not null,
  discussion text not null,
  resolution text not null,
  primary key (org_id, meeting_id, position),
  foreign key (org_id, meeting_id) references meetings.meeting
);
comment on table meetings.item is 'fact: the agenda with discussion and resolution';

create table meetings.vote (
  org_id uuid not null,
  id uuid not null,
  meeting_id uuid not null,
  position int not null,
  rule text not null,
  method text not null,
  base int not null,
  present int not null,
  in_favour int not null check (in_favour >= 0),
  against int not null check (against >= 0),
  abstained int not null check (abstained >= 0),
  written_in_favour int not null,
  written_against int not null,
  written_abstained int not null,
  recused_ids uuid[] not null,
  not_entitled_votes jsonb not null,
  not_entitled int not null,
  quorate boolean not null,
  passed boolean not null,
  recorded_passed boolean,
  fact_id uuid not null,
  primary key (org_id, id),
  unique (org_id, meeting_id, position),
  foreign key (org_id, meeting_id, position) references meetings.item
);
comment on table meetings.vote is 'fact: votes with their bases, what was counted and what follows from it';

create table meetings.action (
  org_id uuid not null,
  id uuid not null,
  meeting_id uuid not null,
  position int not null,
  text text not null,
  owner_id uuid,
  owner_name text,
  due_on date,
  settled_on date,
  settled_in uuid,
  result text,
  primary key (org_id, id),
  foreign key (org_id, meeting_id, position) references meetings.item
);
comment on table meetings.action is 'fact: what was to be done after a resolution, by whom and until when';
create index action_open on meetings.action (org_id, due_on) where settled_on is null;
create index action_by_meeting on meetings.action (org_id, meeting_id);

create table meetings.addendum (
  org_id uuid not null,
  id uuid not null,
  meeting_id uuid not null,
  at timestamptz(3) not null,
  by_id uuid,
  text text not null,
  corrected jsonb,
  primary key (org_id, id),
  foreign key (org_id, meeting_id) references meetings.meeting
);
comment on table meetings.addendum is 'fact, append-only: what was added to a signed record, dated, beside the text that stands';
create index addendum_by_meeting on meetings.addendum (org_id, meeting_id);

create table meetings.draft (
  org_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  content jsonb not null,
  saved_at timestamptz(3) not null,
  version int not null,
  primary key (org_id, id)
);
comment on table meetings.draft is 'fact: records that are still being written, each seen by its writer only';
create index draft_by_person on meetings.draft (person_id, saved_at)
