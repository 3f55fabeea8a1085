package io.dorsal.discovery;

/** The SQL of {@link Shots}. */
final class ShotStatements {

  private ShotStatements() {}

  /** Pictures and sidecars that one partition inspected, in its order. */
  static final String OF_PARTITION =
      """
      select i.ordinal, f.path from scan_partition c
      join scan_item i
        on i.scan_id = c.scan_id and i.ordinal between c.first_ordinal and c.last_ordinal
      join found_file f on f.id = i.file_id
      where c.scan_id = :scan and c.number = :part and i.ordinal > :after
        and f.class in ('IMAGE', 'RAW', 'SIDECAR')
      order by i.ordinal limit :limit
      """;

  /** Notes that a source is settled; no row where it is noted already. */
  static final String SETTLED =
      """
      insert into shots_settled (tenant_id, source_id) values (:tenant, :source)
      on conflict (tenant_id, source_id) do nothing
      """;

  /** Paths of files that make a shot of several, in the order of their ids. */
  static final String OF_SOURCE =
      """
      select id, path from found_file
      where source_id = :source and class in ('RAW', 'SIDECAR') and id > :after
      order by id limit :limit
      """;

  /** Paths of files that were part of a shot, in the order of their ids. */
  static final String NOTED =
      """
      select f.id, f.path from shot_part p join found_file f on f.id = p.file_id
      where p.source_id = :source and p.file_id > :after
      order by p.file_id limit :limit
      """;

  /** What files say themselves, whatever was merged into it. */
  static final String OWN =
      """
      select i.file_id, case when p.embedded is not null and p.file_at = i.inspected_at
             then p.embedded else i.metadata end as metadata
      from file_inspection i left join shot_part p on p.file_id = i.file_id
      where i.file_id = any (cast(:files as uuid[]))
      """;

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
