package io.dorsal.discovery;

/** The SQL of {@link Shots}. */
final class ShotQueries {

  private ShotQueries() {}

  /** A path without its extension. */
  private static final String STEM = "regexp_replace(%s.path, '\\.[^./]*$', '')";

  /**
   * What lies in the folder under the same base name. A path begins with it and a dot; the next
   * character after the dot is the slash, so all such paths stand side by side in the index. Both
   * ends are columns of the picture: what calls a function is not looked up under row security.
   */
  private static final String BESIDE =
      """
      %1$s.source_id = :source and %1$s.state <> 'MISSING'
      and %1$s.path_head >= p.first_head and %1$s.path_head <= p.last_head
      """;

  private static final String SIDECAR =
      """
      select s.id, si.inspected_at, si.metadata
      from found_file s join file_inspection si on si.file_id = s.id
      where %s and s.class = 'SIDECAR' and si.outcome = 'INSPECTED' and si.metadata is not null
        and (%s = p.stem or %s = p.path)
      order by length(s.path) desc, s.path limit 1
      """
          .formatted(BESIDE.formatted("s"), STEM.formatted("s"), STEM.formatted("s"));

  private static final String JPEG =
      """
      select j.id from found_file j left join file_inspection ji on ji.file_id = j.id
      where p.class = 'RAW' and %s and j.class = 'IMAGE' and %s = p.stem
        and lower(j.path) ~ '\\.(jpe?g|jpe)$' and ji.outcome is distinct from 'UNREADABLE'
      order by j.path limit 1
      """
          .formatted(BESIDE.formatted("j"), STEM.formatted("j"));

  /**
   * Pictures near the paths of the query put in whose companion or sidecar is another than the one
   * that is noted, or was read again since.
   */
  static final String WRONG =
      """
      with stems as materialized (
        select distinct regexp_replace(n.path, '\\.[^./]*$', '') as stem from (%%s) n
      ), near as materialized (
        select stem, left(stem, 500) as first_head, left(stem || '/', 500) as last_head from stems
      ), found as materialized (
        select distinct f.id, f.path, f.class, %s as stem
        from near cross join lateral (
          select * from found_file f
          where f.source_id = :source and f.class in ('IMAGE', 'RAW')
            and f.path_head >= near.first_head and f.path_head <= near.last_head
            and (f.path = near.stem or %s = near.stem)
        ) f
      ), pictures as materialized (
        select *, left(stem || '.', 500) as first_head, left(stem || '/', 500) as last_head
        from found
      )
      select p.id, jpeg.id as companion_of, side.id as sidecar_id, i.inspected_at as file_at,
             side.inspected_at as sidecar_at, side.metadata as sidecar,
             case when part.embedded is not null and part.file_at = i.inspected_at
                  then part.embedded else i.metadata end as own,
             part.embedded is not null and part.file_at = i.inspected_at as merged
      from pictures p
      join file_inspection i on i.file_id = p.id
      left join shot_part part on part.file_id = p.id
      left join lateral (%s) side on true
      left join lateral (%s) jpeg on true
      where part.companion_of is distinct from jpeg.id or part.sidecar_id is distinct from side.id
         or (side.id is not null and (part.file_at is distinct from i.inspected_at
             or part.sidecar_at is distinct from side.inspected_at))
      order by p.id limit :limit
      """
          .formatted(STEM.formatted("f"), STEM.formatted("f"), SIDECAR, JPEG);

  static final String KEEP =
      """
      insert into shot_part (file_id, tenant_id, source_id, companion_of, sidecar_id, file_at,
          sidecar_at, embedded)
      values (:file, :tenant, :source, cast(:companion as uuid), cast(:sidecar as uuid),
          cast(:file_at as timestamptz), cast(:sidecar_at as timestamptz),
          cast(:embedded as jsonb))
      on conflict (tenant_id, file_id) do update set companion_of = excluded.companion_of,
          sidecar_id = excluded.sidecar_id, file_at = excluded.file_at,
          sidecar_at = excluded.sidecar_at, embedded = excluded.embedded
      """;

  static final String VALUES =
      """
      update file_inspection set taken_at_local = cast(:taken as timestamp),
          sub_seconds = :sub_seconds, utc_offset = :utc_offset,
          latitude = cast(:latitude as float8), longitude = cast(:longitude as float8),
          altitude = cast(:altitude as float8), make = :make, model = :model, serial = :serial,
          camera_key = :camera_key, creator = :creator,
          orientation = cast(:orientation as integer), metadata = cast(:metadata as jsonb)
      where file_id = :file
      """;
}
