-- Keys for machines. Of a key only its prefix and its digest are known here.
create table api_key (
  tenant_id     uuid        not null,
  id            uuid        not null default uuidv7(),
  prefix        text        not null,
  hash          bytea       not null,
  kind          text        not null check (kind in ('USER', 'SERVICE', 'SYNC', 'DATASET')),
  -- Whose rights it has; a service key is the tenant's.
  owner_id      uuid        check ((owner_id is null) = (kind = 'SERVICE')),
  name          text        not null,
  scopes        text[]      not null,
  allowed_cidrs text[]      not null,
  created_by    text        not null,
  created_at    timestamptz not null,
  expires_at    timestamptz not null,
  -- By a rotation; the old key lives on for a while and no longer counts.
  replaced_by   uuid,
  revoked_at    timestamptz,
  last_used_at  timestamptz,
  last_used_ip  text,
  version       integer     not null default 0,
  primary key (tenant_id, id),
  constraint api_key_prefix unique (prefix)
);
select tenant_table('api_key');
create index api_key_owner on api_key (tenant_id, owner_id, id);
create index api_key_ends on api_key (expires_at) where revoked_at is null and replaced_by is null;

-- Whose a key is: the key says it, so the tenant is not known before. Of no other row it tells anything.
create function api_key_of(of_prefix text) returns setof api_key
  language sql stable security definer set search_path = dorsal, pg_temp as
  $$ select * from api_key k where k.prefix = of_prefix $$;
revoke execute on function api_key_of(text) from public;
grant execute on function api_key_of(text) to dorsal_app;
