-- Who there is and what they may do. Nothing in a token grants a role: it stands here.
create table tenant (
  id           uuid        primary key,
  name         text        not null,
  display_name text        not null,
  status       text        not null default 'ACTIVE' check (status in ('ACTIVE', 'SUSPENDED', 'DELETING')),
  -- The provider ends only what it began.
  suspended_via text       check (suspended_via in ('OPERATOR', 'IDENTITY_WEBHOOK')),
  settings     jsonb       not null default '{}',
  created_at   timestamptz not null default now(),
  version      integer     not null default 0
);
create unique index tenant_name on tenant (lower(name));

-- Tenants that worked before they stood in a table of their own.
insert into tenant (id, name, display_name)
  select distinct tenant_id, 'tenant-' || tenant_id, 'Tenant ' || tenant_id from connection;

create table users (
  tenant_id          uuid        not null references tenant (id),
  id                 uuid        not null default uuidv7(),
  -- Whom the provider knows; both null until the first sign-in of an invited user, and again once erased. The issuer
  -- stands without a slash at its end.
  issuer             text,
  subject            text,
  email              text,
  email_verified     boolean     not null default false,
  display_name       text,
  -- When the provider said what stands in e-mail, name and groups: an older token does not bring the past back.
  told_at            timestamptz,
  status             text        not null
    check (status in ('PENDING', 'ACTIVE', 'INACTIVE', 'SUSPENDED', 'DELETED')),
  is_active          boolean     not null default true,
  deactivated_at     timestamptz,
  deactivated_via    text        check (deactivated_via in ('ADMIN', 'IDENTITY_WEBHOOK')),
  deactivated_reason text,
  -- The provider's last word, whatever an administrator said since.
  identity_disabled  boolean     not null default false,
  last_sign_in_at    timestamptz,
  deleted_at         timestamptz,
  erased_at          timestamptz,
  created_at         timestamptz not null default now(),
  version            integer     not null default 0,
  primary key (tenant_id, id),
  check ((issuer is null) = (subject is null))
);
create unique index users_identity on users (tenant_id, issuer, subject);
create unique index users_invited on users (tenant_id, lower(email)) where status = 'PENDING' and issuer is null;
create index users_list on users (tenant_id, created_at desc, id desc);

-- Roles in the tenant given to a person by a person; MEMBER needs none.
create table tenant_grant (
  tenant_id  uuid        not null,
  user_id    uuid        not null,
  role       text        not null check (role in ('AUDITOR', 'TENANT_ADMIN')),
  granted_by text        not null,
  granted_at timestamptz not null default now(),
  primary key (tenant_id, user_id, role),
  foreign key (tenant_id, user_id) references users (tenant_id, id)
);

create table population_member (
  tenant_id     uuid        not null,
  population_id uuid        not null,
  user_id       uuid        not null,
  role          text        not null check (role in ('VIEWER', 'EXPERT', 'PROFESSIONAL', 'ADMINISTRATOR')),
  state         text        not null check (state in ('INVITED', 'PENDING_CONFIRMATION', 'CONFIRMED', 'REMOVED')),
  changed_at    timestamptz not null default now(),
  primary key (tenant_id, population_id, user_id),
  foreign key (tenant_id, user_id) references users (tenant_id, id)
);
create index population_member_user on population_member (tenant_id, user_id);

-- Groups of the provider, and which of them stand for a role here.
create table provider_group (
  tenant_id   uuid not null references tenant (id),
  id          uuid not null default uuidv7(),
  issuer      text not null,
  external_id text not null,
  name        text not null,
  primary key (tenant_id, id),
  unique (tenant_id, issuer, external_id)
);
create table provider_group_member (
  tenant_id uuid not null,
  group_id  uuid not null,
  user_id   uuid not null,
  primary key (tenant_id, group_id, user_id),
  foreign key (tenant_id, group_id) references provider_group (tenant_id, id) on delete cascade,
  foreign key (tenant_id, user_id) references users (tenant_id, id)
);
create index provider_group_member_user on provider_group_member (tenant_id, user_id);
create table role_mapping (
  tenant_id     uuid not null references tenant (id),
  group_name    text not null,
  role          text not null
    check (case when population_id is null then role in ('AUDITOR', 'TENANT_ADMIN')
                else role in ('VIEWER', 'EXPERT', 'PROFESSIONAL', 'ADMINISTRATOR') end),
  population_id uuid,
  unique nulls not distinct (tenant_id, group_name, role, population_id)
);

-- What a user is, and by what: a mapping names a group by its id or its name.
create view held_tenant_role with (security_invoker = true) as
  select tenant_id, user_id, role, null::text as group_name from tenant_grant
  union all
  select m.tenant_id, m.user_id, r.role, r.group_name
  from provider_group_member m
    join provider_group g on g.tenant_id = m.tenant_id and g.id = m.group_id
    join role_mapping r on r.tenant_id = g.tenant_id and r.group_name in (g.external_id, g.name)
  where r.population_id is null;
create view held_population_role with (security_invoker = true) as
  select tenant_id, user_id, population_id, role, null::text as group_name
  from population_member where state = 'CONFIRMED'
  union all
  select m.tenant_id, m.user_id, r.population_id, r.role, r.group_name
  from provider_group_member m
    join provider_group g on g.tenant_id = m.tenant_id and g.id = m.group_id
    join role_mapping r on r.tenant_id = g.tenant_id and r.group_name in (g.external_id, g.name)
  where r.population_id is not null;

-- Who runs the platform. They belong to no tenant.
create table platform_operator (
  id           uuid        primary key default uuidv7(),
  issuer       text        not null,
  subject      text        not null,
  appointed_at timestamptz not null default now(),
  unique (issuer, subject)
);

select tenant_table('users');
select tenant_table('tenant_grant');
select tenant_table('population_member');
select tenant_table('provider_group');
select tenant_table('provider_group_member');
select tenant_table('role_mapping');
