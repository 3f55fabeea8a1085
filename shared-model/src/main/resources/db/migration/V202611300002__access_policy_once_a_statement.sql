-- Whose statement it is is asked once a statement, as a subquery, and not of every row that is looked at.
create or replace function tenant_table(kept regclass) returns void language plpgsql
  set search_path = dorsal, pg_temp as $$
begin
  execute format('alter table %s enable row level security', kept);
  execute format('alter table %s force row level security', kept);
  execute format(
    $policy$create policy of_tenant on %s
      using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid))
      with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid))$policy$, kept);
end $$;

do $$
declare kept regclass;
begin
  for kept in select polrelid from pg_policy where polname = 'of_tenant' loop
    execute format('drop policy of_tenant on %s', kept);
    perform tenant_table(kept);
  end loop;
end $$;
