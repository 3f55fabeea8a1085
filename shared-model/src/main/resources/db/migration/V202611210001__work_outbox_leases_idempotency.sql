-- Messages that have to go out: written in the transaction of the act, posted right after it.
create table outbox (
  id           bigint generated always as identity primary key,
  tenant_id    uuid        not null,
  queue        text        not null,
  message_id   text        not null,
  body         text        not null,
  trace_parent text        not null,
  request_id   text,
  created_at   timestamptz not null default now(),
  sent_at      timestamptz
);
create index outbox_unsent on outbox (id) where sent_at is null;
create index outbox_sent on outbox (sent_at) where sent_at is not null;

-- Who is at which piece of work. The epoch rises with each new holder, so a holder of old is refused at its commit.
create table lease (
  resource     text primary key,
  subject      uuid        not null,
  holder       text,
  epoch        bigint      not null,
  heartbeat_at timestamptz not null
);
create index lease_subject on lease (subject);

-- The first answer to an Idempotency-Key, replayed for 24 hours.
create table idempotent_answer (
  tenant_id   uuid        not null,
  key         text        not null,
  fingerprint text        not null,
  answer      text,
  created_at  timestamptz not null default now(),
  primary key (tenant_id, key)
);
create index idempotent_answer_created on idempotent_answer (created_at);
