-- What processes are at besides scans: one row while it runs, or until a day after its process died.
-- Ids and counts only; whoever reads it asks for one tenant's, or is the platform's operator.
create table running_task (
  kind          text        not null,
  id            uuid        not null,
  of_tenant     uuid        not null,
  -- Which beginning it is: who was overtaken changes nothing any more.
  start         uuid        not null unique,
  worker        text        not null,
  since         timestamptz not null default clock_timestamp(),
  heartbeat_at  timestamptz not null default clock_timestamp(),
  checkpoint_at timestamptz,
  done          bigint      not null default 0,
  starts        integer     not null default 0,
  trace_id      text        not null,
  primary key (kind, id)
);
