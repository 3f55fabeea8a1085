-- Institutes, projects and societies whose people work together; independent of populations.
create table organization (
  tenant_id       uuid        not null references tenant (id),
  id              uuid        not null default uuidv7(),
  name            text        not null,
  -- The name without case, width and what is not seen: by it two names are equal, and lists are in order.
  name_key        text        collate "C" not null,
  description     text,
  contact_email   text,
  default_license text        check (default_license in ('PUBLIC', 'PUBLIC_ATTRIBUTION', 'PRIVATE_ORGANIZATION')),
  permits         jsonb       not null default '[]',
  -- Null for Public alone, which the system keeps: nobody verifies, changes, joins or selects it.
  verification    text        check (verification in ('UNVERIFIED', 'ACKNOWLEDGED', 'VERIFIED', 'REJECTED', 'REVOKED')),
  created_at      timestamptz not null default now(),
  version         integer     not null default 0,
  primary key (tenant_id, id),
  constraint organization_name unique (tenant_id, name_key),
  check (verification is not null or name_key = 'public')
);
select tenant_table('organization');

create table organization_member (
  tenant_id       uuid        not null,
  organization_id uuid        not null,
  user_id         uuid        not null,
  -- Names the membership in the journal.
  id              uuid        not null default uuidv7(),
  role            text        not null check (role in ('MEMBER', 'ADMINISTRATOR')),
  added_by        text        not null,
  added_at        timestamptz not null,
  version         integer     not null default 0,
  primary key (tenant_id, organization_id, user_id),
  foreign key (tenant_id, organization_id) references organization (tenant_id, id),
  foreign key (tenant_id, user_id) references users (tenant_id, id)
);
select tenant_table('organization_member');
create index organization_member_user on organization_member (tenant_id, user_id);

-- What was decided of verifications, with the notes of those who decided. The internal ones stand nowhere else.
create table organization_verification (
  tenant_id       uuid        not null,
  id              uuid        not null default uuidv7(),
  organization_id uuid        not null,
  from_state      text        not null,
  to_state        text        not null,
  internal_note   text,
  shareable_note  text,
  decided_by      text        not null,
  decided_at      timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, organization_id) references organization (tenant_id, id)
);
select tenant_table('organization_verification');
create index organization_verification_of on organization_verification (tenant_id, organization_id, id desc);

-- Every tenant has Public from its first moment on, by whatever path it is made.
insert into organization (tenant_id, name, name_key) select id, 'Public', 'public' from tenant;
create function tenant_has_public() returns trigger language plpgsql set search_path = dorsal, pg_temp as $$
begin
  insert into organization (tenant_id, name, name_key) values (new.id, 'Public', 'public');
  return null;
end $$;
create trigger tenant_has_public after insert on tenant for each row execute function tenant_has_public();

-- A notice may be for one person alone.
alter table notice alter for_role drop not null;
