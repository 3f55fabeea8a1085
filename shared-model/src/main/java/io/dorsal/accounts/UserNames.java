package io.dorsal.accounts;

import io.dorsal.access.KnownNames;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tenant's users as they are shown, whether or not they may still come in. Thread-safe. */
@Component
class UserNames implements KnownNames {

  private final JdbcClient jdbc;

  UserNames(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public List<Name> of(UUID tenantId, @Nullable UUID populationId) {
    return jdbc.sql(
            """
            select display_name from users
            where tenant_id = :tenant and status <> 'DELETED' and display_name is not null
            """)
        .param("tenant", tenantId)
        .query((row, number) -> new Name(Kind.PHOTOGRAPHER, row.getString(1)))
        .list();
  }
}
