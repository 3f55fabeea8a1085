-- An entry says who acted, from where, and on what. What no person did has neither user nor key.
alter table audit_entry
  alter column resource_type drop not null,
  alter column resource_id   drop not null,
  add column user_id         text,
  add column key_id          text,
  add column service_account text,
  add column ip              text,
  add column user_agent      text,
  add column resource_name   text,
  -- Which transaction wrote it; batches are cut by it. Until a batch holds it, an entry is unsealed.
  add column tx              xid8 not null default pg_current_xact_id();
create index audit_entry_tx on audit_entry (tx);
create index audit_entry_list on audit_entry (tenant_id, at desc, event_id desc);
drop index audit_entry_tenant;

-- Batches of one tenant's entries, each with the hash of the one before. A batch holds what the transactions from
-- first_tx up to but not with end_tx wrote: all of them had ended when it was cut, so nothing joins it later.
create table audit_batch (
  tenant_id    uuid        not null,
  number       bigint      not null,
  first_tx     xid8        not null,
  end_tx       xid8        not null,
  first_at     timestamptz not null,
  last_at      timestamptz not null,
  entries      bigint      not null,
  before_hash  bytea       not null,
  hash         bytea       not null,
  sealed_at    timestamptz not null default now(),
  -- Its entries were older than the tenant keeps them. The batch itself stays, so that the chain can be proven.
  forgotten_at timestamptz,
  primary key (tenant_id, number)
);

-- Up to which transaction batches are cut; one row, locked by whoever cuts.
create table audit_sealed (
  only_row boolean primary key default true check (only_row),
  end_tx   xid8 not null
);
insert into audit_sealed (end_tx) values ('0');

-- Every column that an entry says something in, in one text; a column added later needs another version of it.
create function audit_entry_digest(e audit_entry) returns bytea language sql stable as $$
  select sha256(convert_to(jsonb_build_array(
    e.event_id, extract(epoch from e.at), e.tenant_id, e.category, e.action, e.severity, e.actor, e.user_id, e.key_id,
    e.service_account, e.ip, e.user_agent, e.resource_type, e.resource_id, e.resource_name, e.before, e.after, e.outcome,
    e.code, e.request_id, e.trace_id, e.tx::text)::text, 'UTF8'))
$$;

create function audit_batch_hash(tenant uuid, first_tx xid8, end_tx xid8, before_hash bytea) returns bytea
language sql stable as $$
  select sha256(before_hash || coalesce(string_agg(audit_entry_digest(e), ''::bytea order by e.tx, e.event_id), ''::bytea))
  from audit_entry e where e.tenant_id = $1 and e.tx >= $2 and e.tx < $3
$$;

-- Nobody changes an entry, its owner included. One goes only with its whole batch, and no sooner than 90 days later.
create or replace function audit_entry_stays() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and old.at < now() - interval '90 days' and exists (
      select 1 from audit_batch b where b.tenant_id = old.tenant_id and b.forgotten_at is not null
        and old.tx >= b.first_tx and old.tx < b.end_tx) then
    return old;
  end if;
  raise exception 'Audit entries are never changed or removed.';
end $$;

create function audit_batch_stays() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.forgotten_at is null and new.forgotten_at is not null
      and old.last_at < now() - interval '90 days'
      and (to_jsonb(new) - 'forgotten_at') = (to_jsonb(old) - 'forgotten_at') then
    return new;
  end if;
  raise exception 'Audit batches are never changed or removed.';
end $$;
create trigger audit_batch_append_only before update or delete on audit_batch
  for each row execute function audit_batch_stays();
create trigger audit_batch_never_emptied before truncate on audit_batch
  for each statement execute function audit_batch_stays();

-- How long a tenant keeps its entries, as far as it settled that.
create function audit_retention_days(tenant uuid) returns integer language plpgsql stable as $$
declare days integer;
begin
  if to_regclass('tenant_settings') is not null then
    execute 'select (settings->>''audit_retention_days'')::integer from tenant_settings where tenant_id = $1'
      into days using tenant;
  end if;
  return greatest(90, coalesce(days, 730));
end $$;

-- Forgets the entries of one whole batch. In the owner's name, for no other role may remove any; what is too young the
-- triggers keep even so.
create function audit_forget(tenant uuid, batch bigint) returns bigint
language plpgsql security definer set search_path = dorsal, pg_temp as $$
declare
  scope text := coalesce(current_setting('app.tenant_id', true), '');
  old   audit_batch;
  gone  bigint := 0;
begin
  perform set_config('app.tenant_id', tenant::text, true);
  update audit_batch b set forgotten_at = now()
    where b.tenant_id = tenant and b.number = batch and b.forgotten_at is null returning * into old;
  if old.number is not null then
    delete from audit_entry e where e.tenant_id = tenant and e.tx >= old.first_tx and e.tx < old.end_tx;
    get diagnostics gone = row_count;
  end if;
  perform set_config('app.tenant_id', scope, true);
  return gone;
end $$;
revoke execute on function audit_forget(uuid, bigint) from public;
do $$ begin
  if exists (select from pg_roles where rolname = 'dorsal_maint') then
    grant execute on function audit_forget(uuid, bigint) to dorsal_maint;
  end if;
end $$;
