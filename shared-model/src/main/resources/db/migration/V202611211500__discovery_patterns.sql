-- That a completed scan's names were looked at, also where nothing was found in them.
create table scan_patterns (
  scan_id     uuid        primary key references scan on delete cascade,
  tenant_id   uuid        not null,
  detected_at timestamptz not null default now()
);

create table scan_pattern (
  scan_id     uuid             not null references scan_patterns on delete cascade,
  position    integer          not null,
  tenant_id   uuid             not null,
  type        text             not null,
  depth       integer,
  pattern     text             not null,
  names       bigint           not null,
  matched     bigint           not null,
  support     double precision not null,
  consistency double precision not null,
  agreement   double precision,
  confidence  double precision not null,
  notes       text[]           not null,
  samples     text[]           not null,
  primary key (scan_id, position)
);
