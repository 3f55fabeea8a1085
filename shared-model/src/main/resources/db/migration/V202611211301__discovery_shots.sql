-- Files that belong to one shot: a raw image and its JPEG, an image and its sidecar.
create table shot_part (
  file_id      uuid primary key references found_file on delete cascade,
  tenant_id    uuid not null,
  source_id    uuid not null,
  companion_of uuid,
  sidecar_id   uuid,
  -- Which inspections of both were merged.
  file_at      timestamptz,
  sidecar_at   timestamptz,
  -- What the file itself says, where a sidecar says otherwise.
  embedded     jsonb
);
create index shot_part_source on shot_part (source_id);
create index shot_part_companion on shot_part (companion_of) where companion_of is not null;

-- The few files around which shots are looked for.
create index found_file_shot on found_file (source_id, class) where class in ('RAW', 'SIDECAR');
