-- Every key that rows are found or referred to by begins with the tenant: no row refers to another tenant's, and no
-- error about a duplicate tells of one. Left alone are numbers that the database itself gives out, and the hash of a
-- calendar's token, which is looked up before its tenant is known.
do $$
declare
  key record;
  made text[] := '{}';
  statement text;
begin
  for key in
    select c.conrelid::regclass as kept, c.conname, c.contype, pg_get_constraintdef(c.oid) as definition
    from pg_constraint c
    join pg_attribute t on t.attrelid = c.conrelid and t.attname = 'tenant_id'
    where c.connamespace = 'dorsal'::regnamespace and c.contype in ('p', 'u', 'f')
      and not t.attnum = any(c.conkey) and c.conname not in ('calendar_feed_token', 'refused_message_pkey')
      and not exists (select from pg_attribute a
                      where a.attrelid = c.conrelid and a.attnum = any(c.conkey) and a.attidentity = 'a')
    order by c.contype = 'f' desc, c.conrelid::regclass::text, c.conname
  loop
    execute format('alter table %s drop constraint %I', key.kept, key.conname);
    made := array_prepend(
      format('alter table %s add constraint %I %s', key.kept, key.conname,
        regexp_replace(regexp_replace(key.definition, '\(', '(tenant_id, '),
          '(REFERENCES [^(]+)\(', '\1(tenant_id, ')),
      made);
  end loop;
  foreach statement in array made loop
    execute statement;
  end loop;
end $$;

-- Unique indexes that are no constraints.
drop index scan_one_active;
create unique index scan_one_active on scan (tenant_id, source_id)
  where state in ('REQUESTED', 'LISTING', 'INSPECTING', 'PAUSED_AUTH');

-- Under row security PostgreSQL looks only by operators that cannot leak a row of another tenant, and neither left()
-- nor a hash is one; their values in columns of their own are compared by operators that are.
drop index found_file_path;
drop index found_file_folder_name;
alter table found_file
  add path_head text collate "C" generated always as (left(path, 500)) stored,
  add folder_hash bigint generated always as (hashtextextended(folder, 0)) stored,
  add name_head text collate "C" generated always as (left(substr(path, length(folder) + 1), 500)) stored;
create unique index found_file_path on found_file (tenant_id, source_id, path_head, path_key);
create index found_file_folder_name on found_file (source_id, folder_hash, name_head);
do $$ begin
  if to_regclass('found_file_folder_rare') is not null then
    drop index found_file_folder_rare;
    create index found_file_folder_rare on found_file (source_id, folder_hash, class, name_head) where class <> 'IMAGE';
  end if;
end $$;

drop index scan_folder_path;
drop index scan_folder_parent_name;
alter table scan_folder
  add path_head text collate "C" generated always as (left(path, 500)) stored,
  add parent_hash bigint generated always as (hashtextextended(parent, 0)) stored,
  add name_head text collate "C" generated always as (left(name, 500)) stored;
create unique index scan_folder_path on scan_folder (tenant_id, scan_id, path_head, path_key);
create index scan_folder_parent_name on scan_folder (scan_id, parent_hash, name_head);
