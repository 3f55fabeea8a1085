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

create function purge_is_due(gone uuid) returns boolean language sql stable as $$
  select exists (select 1 from tenant where id = gone and status = 'DELETING' and purge_after <= now())
$$;

-- As before; but a tenant that is purged leaves neither entries nor batches.
create or replace function audit_entry_stays() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and (purge_is_due(old.tenant_id) or old.at < now() - interval '90 days' and exists (
      select 1 from audit_batch b where b.tenant_id = old.tenant_id and b.forgotten_at is not null
        and old.tx >= b.first_tx and old.tx < b.end_tx)) then
    return old;
  end if;
  raise exception 'Audit entries are never changed or removed.';
end $$;

create or replace function audit_batch_stays() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and purge_is_due(old.tenant_id) then
    return old;
  end if;
  if tg_op = 'UPDATE' and old.forgotten_at is null and new.forgotten_at is not null
      and old.last_at < now() - interval '90 days'
      and (to_jsonb(new) - 'forgotten_at') = (to_jsonb(old) - 'forgotten_at') then
    return new;
  end if;
  raise exception 'Audit batches are never changed or removed.';
end $$;

-- Removes some rows of a tenant whose days of grace are over, and of no other. In the owner's name, for no role may remove
-- audit entries.
create function purge_tenant_rows(gone uuid, kept regclass, most integer) returns bigint
language plpgsql security definer set search_path = dorsal, pg_temp as $$
declare
  scope   text := coalesce(current_setting('app.tenant_id', true), '');
  removed bigint;
begin
  if not purge_is_due(gone) then
    raise exception 'Only a tenant whose days of grace are over is purged.';
  end if;
  perform set_config('app.tenant_id', gone::text, true);
  execute format('delete from %1$s where ctid = any (array(select ctid from %1$s where tenant_id = $1 limit $2))', kept)
    using gone, most;
  get diagnostics removed = row_count;
  perform set_config('app.tenant_id', scope, true);
  return removed;
end $$;
revoke execute on function purge_tenant_rows(uuid, regclass, integer) from public;
do $$ begin
  if exists (select from pg_roles where rolname = 'dorsal_maint') then
    grant execute on function purge_tenant_rows(uuid, regclass, integer) to dorsal_maint;
  end if;
end $$;
