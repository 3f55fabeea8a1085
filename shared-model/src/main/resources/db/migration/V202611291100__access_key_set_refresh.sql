-- One row for the whole platform: its number rises when somebody wants every instance to fetch the identity providers' keys.
create table key_set_refresh (
  one       boolean primary key default true check (one),
  number    bigint      not null,
  wished_by text,
  wished_at timestamptz
);
insert into key_set_refresh (number) values (0);
