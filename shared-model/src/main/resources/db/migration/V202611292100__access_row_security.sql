-- dorsal_app asks in one tenant's name, dorsal_maint across tenants; db/roles.sql makes both. Neither owns anything.
grant usage on schema dorsal, batch to dorsal_app, dorsal_maint;
grant select, insert, update, delete on all tables in schema dorsal, batch to dorsal_app, dorsal_maint;
grant usage, select on all sequences in schema dorsal, batch to dorsal_app, dorsal_maint;
alter default privileges in schema dorsal, batch
  grant select, insert, update, delete on tables to dorsal_app, dorsal_maint;
alter default privileges in schema dorsal, batch grant usage, select on sequences to dorsal_app, dorsal_maint;
revoke update, delete on audit_entry from dorsal_app, dorsal_maint;
revoke insert, update, delete on flyway_schema_history from dorsal_app, dorsal_maint;

-- Whose every row is.
alter table scan_item add tenant_id uuid;
update scan_item r set tenant_id = s.tenant_id from scan s where s.id = r.scan_id;
alter table scan_folder add tenant_id uuid;
update scan_folder r set tenant_id = s.tenant_id from scan s where s.id = r.scan_id;
alter table file_move add tenant_id uuid;
update file_move r set tenant_id = s.tenant_id from scan s where s.id = r.scan_id;
alter table source_dirty_prefix add tenant_id uuid;
update source_dirty_prefix r set tenant_id = s.tenant_id from source s where s.id = r.source_id;
alter table scan_item alter tenant_id set not null;
alter table scan_folder alter tenant_id set not null;
alter table file_move alter tenant_id set not null;
alter table source_dirty_prefix alter tenant_id set not null;

-- Keeps the rows of each tenant to itself; every table with tenant_id is given to it.
create function tenant_table(kept regclass) returns void language plpgsql
  set search_path = dorsal, pg_temp as $$
begin
  execute format('alter table %s enable row level security', kept);
  execute format('alter table %s force row level security', kept);
  execute format(
    $policy$create policy of_tenant on %s
      using (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
      with check (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)$policy$, kept);
end $$;
revoke execute on function tenant_table(regclass) from public;

select tenant_table(c.oid) from pg_class c
join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
-- Refused messages are the operator's: one may name a tenant, or none, and proves neither.
where c.relnamespace = 'dorsal'::regnamespace and c.relkind in ('r', 'p') and c.relname <> 'refused_message'
order by c.relname;

-- Whose calendar a token opens: the token says it, so the tenant is not known before. Of no other row it tells anything.
create function calendar_feed_of(hash bytea)
  returns table (tenant_id uuid, subject text, role text)
  language sql stable security definer set search_path = dorsal, pg_temp as
  $$ select f.tenant_id, f.subject, f.role from calendar_feed f where f.token_hash = hash $$;
revoke execute on function calendar_feed_of(bytea) from public;
grant execute on function calendar_feed_of(bytea) to dorsal_app;
