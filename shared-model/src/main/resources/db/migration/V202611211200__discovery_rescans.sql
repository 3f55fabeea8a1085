-- What a rescan knows of a file beside its listing.
alter table found_file
  -- The newest scan whose listing showed the file, also where its patterns left it out.
  add listed_number  integer not null default 0,
  -- The scan that found it gone, and the scan that saw it again.
  add missing_number integer,
  add back_number    integer,
  -- The scan that found it at its present path.
  add moved_number   integer,
  add previous_paths text[]  not null default '{}',
  -- Its ETag changed and neither size nor MD5 told whether its content did: inspection will.
  add content_open   boolean not null default false;
update found_file set listed_number = last_scan_number;

alter table scan_progress
  add added   bigint not null default 0,
  add changed bigint not null default 0,
  add moved   bigint not null default 0,
  add missing bigint not null default 0;

-- Moves that a scan found: the file that was known, and the new one that it turned out to be.
create table file_move (
  scan_id     uuid not null references scan on delete cascade,
  file_id     uuid not null,
  replaced_id uuid not null,
  from_path   text not null,
  to_path     text not null,
  primary key (scan_id, file_id)
);

-- A scan that missed too much to be believed: a person decides.
create table scan_guard (
  scan_id          uuid primary key references scan on delete cascade,
  version          integer not null,
  tenant_id        uuid    not null,
  source_id        uuid    not null references source,
  state            text    not null,
  known            bigint  not null,
  would_be_missing bigint  not null,
  held_at          timestamptz not null,
  decided_by       text,
  decided_at       timestamptz
);
create index scan_guard_held on scan_guard (source_id) where state = 'HELD';
