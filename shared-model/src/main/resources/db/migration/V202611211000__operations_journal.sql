-- What changed its state. Changes of one thing are written under that thing's row lock, so by subject the ids are in
-- order of commit and "id > the last one seen" misses none; across subjects they are not.
create table event (
  id           bigint generated always as identity primary key,
  tenant_id    uuid        not null,
  name         text        not null,
  subject_type text        not null,
  subject_id   uuid        not null,
  from_state   text,
  to_state     text        not null,
  details      jsonb       not null,
  trace_id     text        not null,
  at           timestamptz not null default now()
);
create index event_subject on event (subject_id, id);

-- Who did what. Nobody changes or removes an entry.
create table audit_entry (
  event_id      uuid        not null default uuidv7() primary key,
  at            timestamptz not null default now(),
  tenant_id     uuid        not null,
  category      text        not null,
  action        text        not null,
  severity      text        not null,
  actor         text        not null,
  resource_type text        not null,
  resource_id   uuid        not null,
  before        jsonb       not null,
  after         jsonb       not null,
  outcome       text        not null,
  code          text,
  request_id    text,
  trace_id      text        not null
);
create index audit_entry_tenant on audit_entry (tenant_id, at desc);
create index audit_entry_resource on audit_entry (resource_id, at desc);

create function audit_entry_stays() returns trigger language plpgsql as
  $$ begin raise exception 'Audit entries are never changed or removed.'; end $$;
create trigger audit_entry_append_only before update or delete on audit_entry
  for each row execute function audit_entry_stays();
create trigger audit_entry_never_emptied before truncate on audit_entry
  for each statement execute function audit_entry_stays();
