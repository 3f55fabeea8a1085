-- What was read from spreadsheets, documents and databases; goes with the file.
create table file_contents (
  file_id     uuid primary key references found_file on delete cascade,
  tenant_id   uuid    not null,
  source_id   uuid    not null,
  -- Some samples or names were left out, for the file has too many.
  cut         boolean not null,
  sheet_count integer not null,
  table_count integer not null,
  row_count   bigint  not null,
  characters  integer,
  sample      text,
  hits        jsonb
);
create index file_contents_source on file_contents (source_id, file_id);

create table spreadsheet_sheet (
  file_id    uuid    not null references file_contents on update cascade on delete cascade,
  number     integer not null,
  tenant_id  uuid    not null,
  name       text    not null,
  row_count  bigint  not null,
  header_row integer,
  columns    jsonb   not null,
  samples    jsonb   not null,
  -- The headings as formats compare them.
  headings   text[]  not null,
  primary key (file_id, number)
);

create table database_table (
  file_id   uuid    not null references file_contents on update cascade on delete cascade,
  number    integer not null,
  tenant_id uuid    not null,
  name      text    not null,
  row_count bigint,
  columns   jsonb   not null,
  primary key (file_id, number)
);

create table spreadsheet_format (
  id               uuid primary key,
  version          integer     not null,
  tenant_id        uuid        not null,
  name             text        not null,
  name_key         text        not null,
  required_headers text[]      not null,
  headings         text[]      not null,
  column_mapping   jsonb       not null,
  created_by       text        not null,
  created_at       timestamptz not null,
  changed_at       timestamptz not null,
  constraint spreadsheet_format_name unique (tenant_id, name_key)
);

-- What a person said to a suggestion: it holds for the source.
create table format_decision (
  source_id  uuid        not null references source,
  format_id  uuid        not null references spreadsheet_format on delete cascade,
  tenant_id  uuid        not null,
  scan_id    uuid        not null,
  decision   text        not null,
  decided_by text        not null,
  decided_at timestamptz not null,
  primary key (source_id, format_id)
);
