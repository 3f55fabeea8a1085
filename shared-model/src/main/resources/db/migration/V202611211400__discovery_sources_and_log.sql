-- A source that was removed may be registered again.
alter table source drop constraint source_unique;
create unique index source_unique on source (tenant_id, connection_id, container, prefix) where state <> 'REMOVED';
alter table source
  add on_new_files  text not null default 'SCAN_ONLY',
  add population_id uuid;

-- Events tell of several places at once; they are listed one after the other.
alter table scan add prefixes text[] not null default '{}';
alter table scan_progress add list_root integer not null default 0;

-- What a scan's owner reads of how it went. Progress is written under the row lock of scan_progress, states under the
-- scan's, so the lines of each kind stand in the order of their commits.
create table scan_log (
  id        bigint generated always as identity primary key,
  scan_id   uuid        not null references scan on delete cascade,
  tenant_id uuid        not null,
  at        timestamptz not null default now(),
  line      text        not null
);
create index scan_log_scan on scan_log (scan_id, id);
