-- Which events came; the same one may come again.
create table storage_event (
  account     text        not null,
  id          text        not null,
  received_at timestamptz not null,
  primary key (account, id)
);
create index storage_event_received on storage_event (received_at);

-- Sources of which events told since their last event scan began, and the folders they told of.
create table source_dirty (
  source_id      uuid primary key references source,
  tenant_id      uuid        not null,
  whole          boolean     not null,
  first_event_at timestamptz not null,
  last_event_at  timestamptz not null
);

create table source_dirty_prefix (
  source_id uuid not null references source_dirty on delete cascade,
  prefix    text collate "C" not null,
  -- SHA-256 of the prefix, which may be longer than an index entry.
  prefix_key bytea not null,
  primary key (source_id, prefix_key)
);

-- From an event to its sources, and to the last scan that events started.
create index connection_account on connection (account_name);
create index source_place on source (connection_id, container) where state = 'ACTIVE';
create index scan_by_event on scan (source_id, requested_at) where trigger_kind = 'EVENT';
