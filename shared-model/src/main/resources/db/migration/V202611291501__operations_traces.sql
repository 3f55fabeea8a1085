-- The hops of each action, kept for 30 days. What belongs to no tenant carries the nil UUID, which no tenant has.
create table trace_event (
  tenant_id           uuid        not null,
  trace_id            text        not null,
  span_id             text        not null,
  parent_span_id      text,
  kind                text        not null,
  name                text        not null,
  service             text        not null,
  instance            text        not null,
  started_at          timestamptz not null,
  -- Null while it is open; for ever where its process was killed.
  duration_ms         bigint,
  state               text        not null,
  code                text,
  request_id          text,
  upstream_request_id text,
  links               text[]      not null,
  attributes          jsonb       not null,
  primary key (tenant_id, trace_id, span_id)
);
create index trace_event_trace on trace_event (trace_id);
create index trace_event_started on trace_event (started_at);
create index trace_event_tenant on trace_event (tenant_id, started_at);
create index trace_event_request on trace_event (request_id) where request_id is not null;

-- Every refused or failed request and one in a hundred of the rest, kept for 30 days.
create table request_record (
  id          bigint generated always as identity primary key,
  tenant_id   uuid        not null,
  request_id  text        not null,
  at          timestamptz not null,
  method      text        not null,
  route       text        not null,
  status      integer     not null,
  code        text,
  user_id     text,
  trace_id    text        not null,
  duration_ms bigint      not null,
  service     text        not null,
  instance    text        not null,
  problem     jsonb
);
create index request_record_request on request_record (request_id, at desc);
create index request_record_trace on request_record (trace_id);
create index request_record_at on request_record (tenant_id, at);
create index request_record_age on request_record (at);

-- Log lines that warn or belong to a trace, without secrets, kept for 30 days; bounded per process.
create table log_line (
  id         bigint generated always as identity primary key,
  tenant_id  uuid        not null,
  at         timestamptz not null,
  level      text        not null,
  logger     text        not null,
  message    text        not null,
  service    text        not null,
  instance   text        not null,
  trace_id   text,
  span_id    text,
  request_id text,
  user_id    text,
  error      text
);
create index log_line_trace on log_line (trace_id, id) where trace_id is not null;
create index log_line_at on log_line (tenant_id, at);
create index log_line_age on log_line (at);
