-- What a next release might add: programs of this release know nothing of it.
alter table scan add column next_release_note text;
create table next_release_thing (id uuid primary key default uuidv7());
insert into schema_version (version) values (2);
