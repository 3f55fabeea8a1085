-- What identity providers tell by webhook, stored first and applied after; ids are kept for seven days.
create table identity_event (
  tenant_id   uuid        not null,
  issuer_key  text        not null,
  event_id    text        not null,
  type        text        not null,
  body        jsonb       not null,
  received_at timestamptz not null,
  applied_at  timestamptz,
  -- Null until applied.
  effect      text,
  primary key (tenant_id, issuer_key, event_id)
);
create index identity_event_received on identity_event (received_at);

-- The newest that was applied to each user, group and tenant of a provider; what is older comes too late.
create table identity_applied (
  tenant_id   uuid        not null,
  issuer      text        not null,
  about       text        not null,
  sequence    bigint,
  occurred_at timestamptz,
  primary key (tenant_id, issuer, about)
);

select tenant_table('identity_event');
select tenant_table('identity_applied');
