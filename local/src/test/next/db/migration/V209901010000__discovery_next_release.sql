-- What a next release might add: programs of this release know nothing of it.
do $$
declare
  existing regclass;
begin
  for existing in
    select oid from pg_class
    where relnamespace = 'dorsal'::regnamespace and relkind in ('r', 'p') and not relispartition
      and relname not in ('flyway_schema_history', 'schema_version')
  loop
    execute format('alter table %s add column next_release_note text', existing);
  end loop;
end $$;

create table next_release_thing (
  tenant_id uuid not null,
  id uuid not null default uuidv7(),
  primary key (tenant_id, id)
);
select tenant_table('next_release_thing');

insert into schema_version (version) values (2);
