-- Why a message of another system ended in the dead-letter queue; joined with it by message id.
create table refused_message (
  queue       text        not null,
  message_id  text        not null,
  tenant_id   uuid,
  code        text        not null,
  detail      text        not null,
  fix         text        not null,
  trace_id    text        not null,
  refused_at  timestamptz not null default now(),
  primary key (queue, message_id)
);
create index refused_message_at on refused_message (refused_at);
