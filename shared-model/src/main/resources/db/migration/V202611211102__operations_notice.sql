-- What people are told within Dorsal. The key says what it is about, so that nothing is told twice.
create table notice (
  id            uuid        not null default uuidv7() primary key,
  tenant_id     uuid        not null,
  key           text        not null,
  kind          text        not null,
  for_role      text        not null,
  for_subject   text        not null,
  title         text        not null,
  body          text        not null,
  resource_type text        not null,
  resource_id   uuid        not null,
  created_at    timestamptz not null,
  cleared_at    timestamptz,
  constraint notice_once unique (tenant_id, key)
);
create index notice_open on notice (tenant_id, created_at desc, id desc) where cleared_at is null;
create index notice_resource on notice (resource_id) where cleared_at is null;

create table notice_read (
  notice_id uuid        not null references notice on delete cascade,
  tenant_id uuid        not null,
  subject   text        not null,
  read_at   timestamptz not null,
  primary key (notice_id, subject)
);

-- One calendar feed per person; of its token only the hash is known.
create table calendar_feed (
  tenant_id  uuid        not null,
  subject    text        not null,
  role       text        not null,
  token_hash bytea       not null,
  created_at timestamptz not null,
  primary key (tenant_id, subject),
  constraint calendar_feed_token unique (token_hash)
);
