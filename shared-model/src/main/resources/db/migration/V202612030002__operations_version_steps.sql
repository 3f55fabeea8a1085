-- Which fields a change changed, by name: who saves with an older version is told what others changed meanwhile.
create table version_step (
  tenant_id    uuid        not null,
  kind         text        not null,
  id           uuid        not null,
  from_version integer     not null,
  to_version   integer     not null,
  fields       text[]      not null,
  at           timestamptz not null default now(),
  primary key (tenant_id, kind, id, from_version, to_version)
);
create index version_step_at on version_step (at);
select tenant_table('version_step');
