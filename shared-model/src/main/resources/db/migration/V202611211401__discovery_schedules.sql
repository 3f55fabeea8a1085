create table source_schedule (
  source_id    uuid primary key references source,
  version      integer     not null,
  tenant_id    uuid        not null,
  cron         text        not null,
  time_zone    text        not null,
  mode         text        not null,
  enabled      boolean     not null,
  next_fire_at timestamptz,
  updated_by   text        not null,
  updated_at   timestamptz not null
);
create index source_schedule_due on source_schedule (next_fire_at) where next_fire_at is not null;

-- What came of each fire. The scan may be deleted later.
create table schedule_run (
  id        uuid primary key,
  tenant_id uuid        not null,
  source_id uuid        not null references source,
  due_at    timestamptz not null,
  fired_at  timestamptz not null,
  outcome   text        not null,
  missed    integer     not null,
  scan_id   uuid
);
create index schedule_run_source on schedule_run (source_id, fired_at desc, id desc);
create index schedule_run_fired on schedule_run (fired_at);
