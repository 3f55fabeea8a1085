-- Which deployment this database belongs to: replicas that tell different ids work on different databases.
create table cluster (
  singleton boolean primary key default true check (singleton),
  id        uuid    not null default uuidv7()
);
insert into cluster default values;

-- One row per release that migrates; its last migration adds it. See decision 0021.
create table schema_version (
  version    integer     primary key,
  applied_at timestamptz not null default now()
);
insert into schema_version (version) values (1);

-- The processes that run, by their heartbeat.
create table instance (
  id         text        not null,
  role       text        not null,
  version    text        not null,
  ready      boolean     not null,
  started_at timestamptz not null,
  seen_at    timestamptz not null,
  primary key (id, role)
);

-- What the migrations say, no process changes.
revoke insert, update, delete on cluster, schema_version from dorsal_app, dorsal_maint;
