-- A path without its extension: what a raw image, its JPEG and their sidecars have in common.
create function path_stem(path text) returns text
  language sql immutable strict parallel safe
  return regexp_replace(path, '\.[^./]*$', '');

-- A column, since an index over a call is of no use under row security.
alter table found_file
  add stem_hash bigint generated always as (hashtextextended(path_stem(path), 0)) stored;
create index found_file_stem on found_file (source_id, stem_hash)
  where class in ('IMAGE', 'RAW', 'SIDECAR');
