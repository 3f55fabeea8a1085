-- Where a tenant wants to be told of what happens.
create table webhook (
  tenant_id      uuid        not null,
  id             uuid        not null default uuidv7(),
  name           text        not null,
  url            text        not null,
  events         text[]      not null,
  share_ids      uuid[]      not null,
  population_ids uuid[]      not null,
  user_ids       uuid[]      not null,
  header_names   text[]      not null,
  state          text        not null check (state in ('ACTIVE', 'PAUSED')),
  -- What was too much to keep since it was paused.
  dropped        bigint      not null default 0,
  created_by     text        not null,
  created_at     timestamptz not null,
  version        integer     not null default 0,
  -- It is told of what later transactions wrote.
  since_tx       xid8        not null default pg_current_xact_id(),
  -- Until then one process alone sends what waits, so that it goes out in order.
  leased_until   timestamptz,
  primary key (tenant_id, id)
);
select tenant_table('webhook');

-- What signs, and what the tenant's own headers say; sealed as secrets of connections are.
create table webhook_secret (
  tenant_id    uuid  not null,
  id           uuid  not null default uuidv7(),
  webhook_id   uuid  not null,
  kind         text  not null check (kind in ('SIGNING', 'HEADERS')),
  sealed       bytea not null,
  wrapped_key  bytea not null,
  wrapping_key text  not null,
  -- Of a secret that was replaced; until then it signs as well.
  ends_at      timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, webhook_id) references webhook on delete cascade
);
select tenant_table('webhook_secret');
create index webhook_secret_of on webhook_secret (tenant_id, webhook_id);

-- One audit entry on its way to one webhook; its body is the entry, which nobody changes.
create table webhook_delivery (
  tenant_id   uuid        not null,
  id          uuid        not null default uuidv7(),
  seq         bigint      not null generated always as identity,
  webhook_id  uuid        not null,
  event_id    uuid        not null,
  event       text        not null,
  state       text        not null default 'WAITING' check (state in ('WAITING', 'DELIVERED', 'DROPPED')),
  attempts    integer     not null default 0,
  created_at  timestamptz not null,
  next_at     timestamptz,
  last_at     timestamptz,
  last_status integer,
  last_error  text,
  ended_at    timestamptz,
  primary key (tenant_id, id),
  constraint webhook_delivery_once unique (tenant_id, webhook_id, event_id),
  foreign key (tenant_id, webhook_id) references webhook on delete cascade
);
select tenant_table('webhook_delivery');
create index webhook_delivery_waiting on webhook_delivery (tenant_id, webhook_id, seq) where state = 'WAITING';
create index webhook_delivery_list on webhook_delivery (tenant_id, webhook_id, seq desc);
create index webhook_delivery_ended on webhook_delivery (ended_at) where ended_at is not null;

-- Up to which transaction audit entries are picked up; one row, locked by whoever does.
create table webhook_progress (
  only_row boolean primary key default true check (only_row),
  end_tx   xid8 not null
);
insert into webhook_progress (end_tx) values (pg_snapshot_xmin(pg_current_snapshot()));
