create table source (
  id            uuid primary key,
  version       integer     not null,
  tenant_id     uuid        not null,
  connection_id uuid        not null references connection,
  name          text        not null,
  container     text        not null,
  prefix        text        not null,
  time_zone     text,
  state         text        not null,
  scan_count    integer     not null,
  created_by    text        not null,
  created_at    timestamptz not null,
  constraint source_unique unique (tenant_id, connection_id, container, prefix)
);

create table scan (
  id                uuid primary key,
  version           integer     not null,
  tenant_id         uuid        not null,
  source_id         uuid        not null references source,
  number            integer     not null,
  state             text        not null,
  trigger_kind      text        not null,
  mode              text        not null,
  prefix            text        not null,
  include           text[]      not null,
  exclude           text[]      not null,
  builtin_excludes  boolean     not null,
  classes           text[]      not null,
  reinspect         boolean     not null,
  dispatches        integer     not null,
  cause_code        text,
  cause_detail      text,
  cause_fix         text,
  trace_parent      text        not null,
  requested_by      text        not null,
  requested_at      timestamptz not null,
  started_at        timestamptz,
  listed_at         timestamptz,
  paused_at         timestamptz,
  finished_at       timestamptz,
  constraint scan_number_unique unique (source_id, number)
);
create unique index scan_one_active on scan (source_id)
  where state in ('REQUESTED', 'LISTING', 'INSPECTING', 'PAUSED_AUTH');
create index scan_tenant on scan (tenant_id, requested_at desc, id);

-- What changes with every page and chunk, apart from the aggregate so that people's actions never meet a stale version.
create table scan_progress (
  scan_id          uuid primary key references scan on delete cascade,
  tenant_id        uuid   not null,
  list_token       text,
  list_complete    boolean not null default false,
  listed           bigint not null default 0,
  excluded         bigint not null default 0,
  to_inspect       bigint not null default 0,
  inspected        bigint not null default 0,
  reused           bigint not null default 0,
  unreadable       bigint not null default 0,
  issues           bigint not null default 0,
  bytes_read       bigint not null default 0,
  partitions_total integer not null default 0,
  partitions_done  integer not null default 0,
  rate_per_s       double precision,
  last_progress_at timestamptz
);

create table scan_partition (
  scan_id       uuid    not null references scan on delete cascade,
  number        integer not null,
  tenant_id     uuid    not null,
  first_ordinal bigint  not null,
  last_ordinal  bigint  not null,
  next_ordinal  bigint  not null,
  state         text    not null,
  -- Starts since the checkpoint last moved, and the file at work when files are taken one by one.
  starts        integer not null default 0,
  suspect       bigint,
  primary key (scan_id, number)
);

-- The files a scan has to inspect, in path order; partition k holds ordinals (k-1)*10000+1 .. k*10000.
create table scan_item (
  scan_id  uuid    not null references scan on delete cascade,
  ordinal  bigint  not null,
  file_id  uuid    not null,
  crashed  boolean not null default false,
  primary key (scan_id, ordinal)
);

-- Names have up to 4,096 bytes, more than an index entry holds. Indexes keep the first 500 characters,
-- which order almost all of them, and this digest of the few that are longer.
create function path_digest(path text) returns bytea
  language sql immutable strict parallel safe
  return sha256(convert_to(path, 'UTF8'));

create table found_file (
  id                uuid        not null default uuidv7() primary key,
  tenant_id         uuid        not null,
  source_id         uuid        not null references source,
  path              text collate "C" not null,
  path_key          bytea generated always as
    (case when length(path) <= 500 then ''::bytea else path_digest(path) end) stored,
  folder            text collate "C" not null,
  class             text        not null,
  size              bigint      not null,
  etag              text        not null,
  last_modified     timestamptz not null,
  content_md5       bytea,
  tier              text,
  state             text        not null default 'PRESENT',
  content_version   integer     not null default 1,
  first_scan_number integer     not null,
  last_scan_number  integer     not null
);
create unique index found_file_path on found_file (source_id, left(path, 500), path_key);

create table file_inspection (
  file_id        uuid        not null primary key references found_file,
  tenant_id      uuid        not null,
  source_id      uuid        not null,
  scan_id        uuid        not null,
  etag           text        not null,
  outcome        text        not null,
  code           text,
  notes          text[]      not null,
  detected_type  text,
  taken_at_local timestamp,
  sub_seconds    text,
  utc_offset     text,
  latitude       double precision,
  longitude      double precision,
  altitude       double precision,
  make           text,
  model          text,
  serial         text,
  camera_key     text,
  artist         text,
  by_line        text,
  creator        text,
  width          integer,
  height         integer,
  orientation    integer,
  metadata       jsonb,
  tags           jsonb,
  head_hash      bytea,
  bytes_read     bigint      not null,
  inspected_at   timestamptz not null default now()
);
create index file_inspection_issue on file_inspection (source_id, code) where code is not null;

create table scan_folder (
  scan_id    uuid   not null references scan on delete cascade,
  path       text collate "C" not null,
  path_key   bytea generated always as
    (case when length(path) <= 500 then ''::bytea else path_digest(path) end) stored,
  parent     text collate "C",
  name       text collate "C" not null,
  file_count bigint not null,
  total_size bigint not null,
  classes    jsonb  not null
);
create unique index scan_folder_path on scan_folder (scan_id, left(path, 500), path_key);
