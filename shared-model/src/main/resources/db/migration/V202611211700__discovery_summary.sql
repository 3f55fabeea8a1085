-- A completed scan in numbers, as they were when its names were looked at.
create table scan_summary (
  scan_id    uuid        primary key references scan on delete cascade,
  tenant_id  uuid        not null,
  numbers    jsonb       not null,
  counted_at timestamptz not null default now()
);
