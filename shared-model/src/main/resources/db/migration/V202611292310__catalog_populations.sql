-- Whose animals: populations, their vocabularies, and how people come to them.
create table population (
  tenant_id    uuid        not null,
  id           uuid        not null default uuidv7(),
  state        text        not null check (state in ('REQUESTED', 'ACTIVE', 'REJECTED', 'ARCHIVED', 'DELETED')),
  -- The name, and name, abbreviation, species and region, whatever their case.
  name_key     text        not null,
  search_key   text        not null,
  settings     jsonb       not null,
  requested_by uuid,
  requested_at timestamptz not null,
  -- When it became active or was rejected.
  decided_at   timestamptz,
  version      integer     not null default 0,
  primary key (tenant_id, id)
);
create unique index population_name on population (tenant_id, name_key)
  where state in ('REQUESTED', 'ACTIVE', 'ARCHIVED');
create index population_list on population (tenant_id, name_key, id) where state <> 'DELETED';
select tenant_table('population');

-- Behaviors and prey species. What is retired stays, for encounters name it.
create table population_term (
  tenant_id     uuid    not null,
  id            uuid    not null default uuidv7(),
  population_id uuid    not null,
  kind          text    not null check (kind in ('BEHAVIOR', 'PREY_SPECIES')),
  name          text    not null,
  name_key      text    not null,
  place         integer not null,
  retired       boolean not null default false,
  primary key (tenant_id, id),
  foreign key (tenant_id, population_id) references population,
  -- Two entries may exchange their names.
  constraint population_term_name unique (tenant_id, population_id, kind, name_key)
    deferrable initially deferred
);
select tenant_table('population_term');

-- Ids that were named before there was anything behind them.
insert into population (tenant_id, id, state, name_key, search_key, settings, requested_at, decided_at)
  select tenant_id, id, 'ACTIVE', 'population ' || id, 'population ' || id, jsonb_build_object(
      'name', 'Population ' || id, 'species_scientific_name', 'unknown', 'time_zone', 'UTC',
      'join_policy', 'REQUEST', 'categories', jsonb_build_array('dorsal-fin'), 'sync_enabled', true,
      'auto_tagging', false, 'can_suggest_new_individuals', true, 'direct_upload', true,
      'auto_confirm_threshold', 0.95, 'corroboration_threshold', 0.6, 'metric_sample_threshold', 100,
      'metric_baseline_date', current_date, 'export_location_precision', 'KM_10',
      'download_original_min_role', 'ADMINISTRATOR'), now(), now()
  from (
    select tenant_id, population_id as id from population_member
    union select tenant_id, population_id from role_mapping where population_id is not null
    union select tenant_id, population_id from source where population_id is not null) named;

alter table population_member
  add first_name text,
  add last_name  text,
  add message    text,
  -- Whoever was removed by somebody else does not come back by one click.
  add removed_by text,
  add version    integer not null default 0,
  add foreign key (tenant_id, population_id) references population;
alter table role_mapping add foreign key (tenant_id, population_id) references population;
alter table source add foreign key (tenant_id, population_id) references population;

-- A role in a population that does not run is none.
create or replace view held_population_role with (security_invoker = true) as
  select h.* from (
    select tenant_id, user_id, population_id, role, null::text as group_name
    from population_member where state = 'CONFIRMED'
    union all
    select m.tenant_id, m.user_id, r.population_id, r.role, r.group_name
    from provider_group_member m
      join provider_group g on g.tenant_id = m.tenant_id and g.id = m.group_id
      join role_mapping r on r.tenant_id = g.tenant_id and r.group_name in (g.external_id, g.name)
    where r.population_id is not null) h
  join population p on p.tenant_id = h.tenant_id and p.id = h.population_id
    and p.state in ('ACTIVE', 'ARCHIVED');

create table join_request (
  tenant_id     uuid        not null,
  id            uuid        not null default uuidv7(),
  population_id uuid        not null,
  user_id       uuid        not null,
  message       text,
  state         text        not null check (state in ('PENDING', 'APPROVED', 'REJECTED', 'WITHDRAWN')),
  requested_at  timestamptz not null,
  decided_at    timestamptz,
  version       integer     not null default 0,
  primary key (tenant_id, id),
  foreign key (tenant_id, population_id) references population,
  foreign key (tenant_id, user_id) references users
);
create unique index join_request_pending on join_request (tenant_id, population_id, user_id)
  where state = 'PENDING';
create index join_request_list on join_request (tenant_id, population_id, id);
select tenant_table('join_request');
