-- What a worker packs for somebody to take away: support bundles, and exports of the audit log.
create table parcel (
  id           uuid        not null,
  tenant_id    uuid        not null,
  kind         text        not null,
  state        text        not null,
  -- What to pack: a trace, a request, a range, or the filter of an export. Never a secret.
  wanted       jsonb       not null,
  -- For an operator, who sees the hops of every tenant and the content of none.
  all_tenants  boolean     not null,
  note         text        not null,
  requested_by text        not null,
  requested_at timestamptz not null,
  trace_id     text        not null,
  finished_at  timestamptz,
  expires_at   timestamptz,
  size_bytes   bigint,
  sha256       text,
  code         text,
  detail       text,
  primary key (tenant_id, id)
);
create index parcel_expiry on parcel (expires_at) where state = 'READY';
