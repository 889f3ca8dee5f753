create schema brands;

create table brands.brand (
  org_id uuid not null,
  id uuid not null,
  name text not null check (length(name) between 2 and 40),
  feature text not null check (length(feature) between 4 and 200),
  plan text not null check (length(plan) between 4 and 2000),
  lead_id uuid references organisation.person,
  begun_on date not null,
  state text not null check (state in ('active', 'withdrawn')),
  withdrawn_on date,
  withdrawn_why text check (withdrawn_why in ('inactive', 'replaced', 'mistake')),
  withdrawn_note text not null default '' check (length(withdrawn_note) <= 500),
  begun_fact uuid not null,
  version int not null,
  primary key (org_id, id),
  check ((state = 'withdrawn') = (withdrawn_on is not null and withdrawn_why is not null))
);
comment on table brands.brand is 'fact: what a branch is known for, by its own plan; lapses where nothing is done';
create index brand_by_id on brands.brand (id);
create index brand_by_lead on brands.brand (lead_id);
create unique index brand_active on brands.brand (org_id) where state = 'active';

create table brands.link (
  org_id uuid not null,
  id uuid not null,
  brand_id uuid not null,
  kind text not null check (kind in ('meeting', 'task')),
  record_id uuid not null,
  on_day date not null,
  fact_id uuid not null,
  primary key (org_id, id),
  foreign key (org_id, brand_id) references brands.brand
);
comment on table brands.link is 'fact: records that show what was done for a brand';
create unique index link_once on brands.link (org_id, brand_id, record_id);

create table brands.review (
  org_id uuid not null,
  id uuid not null,
  brand_id uuid not null,
  year int not null check (year between 2000 and 2100),
  outcome text not null check (outcome in ('continue', 'improve')),
  text text not null check (length(text) between 4 and 1000),
  reviewed_on date not null,
  by_id uuid,
  by_name text not null,
  fact_id uuid not null,
  primary key (org_id, id),
  foreign key (org_id, brand_id) references brands.brand
);
comment on table brands.review is 'fact: what the superior said of a brand in a year';
create unique index review_of_year on brands.review (org_id, brand_id, year)
