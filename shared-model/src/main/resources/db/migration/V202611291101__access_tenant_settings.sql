-- `settings` holds what a tenant settled otherwise than the defaults, which stand in the code. `limits` are the operator's ceilings;
-- `pending` are shortened retentions, which hold from their hour on.
alter table tenant
  add column limits      jsonb not null default '{}',
  add column pending     jsonb not null default '[]',
  -- When a tenant that is DELETING goes for good, and what went so far, by table.
  add column purge_after timestamptz,
  add column purged      jsonb not null default '{}';

-- What each tenant settled as it holds now, for whoever asks in SQL.
create view tenant_settings with (security_invoker = true) as
  select t.id as tenant_id, t.version, t.settings || coalesce((
      select jsonb_object_agg(each ->> 'setting', each -> 'to') from jsonb_array_elements(t.pending) as each
      where (each ->> 'effective_at')::timestamptz <= now()), '{}') as settings
  from tenant t;

-- That a tenant is gone, and what went with it. It outlives the tenant, so it names it in a column of its own.
create table deletion_certificate (
  tenant       uuid        primary key,
  name         text        not null,
  display_name text        not null,
  requested_by text        not null,
  requested_at timestamptz not null,
  purge_after  timestamptz not null,
  purged_at    timestamptz not null,
  -- Rows by table and blobs, as numbers.
  removed      jsonb       not null,
  -- Over all that stands before it, so that a copy can be compared.
  sha256       text        not null
);

-- Who asked for a deletion and when, until it is done or taken back.
create table tenant_deletion (
  tenant       uuid        primary key references tenant (id) on delete cascade,
  requested_by text        not null,
  requested_at timestamptz not null
);

-- Removes some rows of a tenant whose days of grace are over, and of no other. In the owner's name, for no role may remove
-- audit entries; their triggers rest while it does.
create function purge_tenant_rows(gone uuid, kept regclass, most integer) returns bigint
language plpgsql security definer set search_path = dorsal, pg_temp as $$
declare
  scope   text := coalesce(current_setting('app.tenant_id', true), '');
  removed bigint;
begin
  perform 1 from tenant where id = gone and status = 'DELETING' and purge_after <= now();
  if not found then
    raise exception 'Only a tenant whose days of grace are over is purged.';
  end if;
  perform set_config('app.tenant_id', gone::text, true);
  if kept::text in ('audit_entry', 'audit_batch') then
    execute format('alter table %s disable trigger user', kept);
  end if;
  execute format('delete from %1$s where ctid = any (array(select ctid from %1$s where tenant_id = $1 limit $2))', kept)
    using gone, most;
  get diagnostics removed = row_count;
  if kept::text in ('audit_entry', 'audit_batch') then
    execute format('alter table %s enable trigger user', kept);
  end if;
  perform set_config('app.tenant_id', scope, true);
  return removed;
end $$;
revoke execute on function purge_tenant_rows(uuid, regclass, integer) from public;
do $$ begin
  if exists (select from pg_roles where rolname = 'dorsal_maint') then
    grant execute on function purge_tenant_rows(uuid, regclass, integer) to dorsal_maint;
  end if;
end $$;
