-- The three roles of Dorsal's database. The server's administrator runs this, connected to the database, before the
-- first migration; running it again changes nothing. It sets no passwords: "\password dorsal_app" in psql does.
do $$
begin
  -- Runs the migrations and owns what they make; moves rows of every tenant, hence past the policies.
  if not exists (select from pg_roles where rolname = 'dorsal_migrate') then
    create role dorsal_migrate login bypassrls;
  end if;
  -- All deployables: owns nothing, sees the tenant it asks for.
  if not exists (select from pg_roles where rolname = 'dorsal_app') then
    create role dorsal_app login;
  end if;
  -- The sweepers of io.dorsal.access.Sweeper: owns nothing, sees every tenant.
  if not exists (select from pg_roles where rolname = 'dorsal_maint') then
    create role dorsal_maint login bypassrls;
  end if;
  -- Who waits for whom, and since when, is an operator's question.
  grant pg_read_all_stats to dorsal_maint;
  alter role dorsal_app set search_path = dorsal;
  alter role dorsal_maint set search_path = dorsal;
  execute format('revoke all on database %I from public', current_database());
  execute format('grant connect, create on database %I to dorsal_migrate', current_database());
  execute format('grant connect on database %I to dorsal_app, dorsal_maint', current_database());
end $$;
