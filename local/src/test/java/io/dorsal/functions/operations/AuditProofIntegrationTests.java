package io.dorsal.functions.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.functions.ApiStack;
import io.dorsal.functions.ApiStack.Answer;
import io.dorsal.local.oidc.TokenRequest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** 40-31: who asks over HTTP is shown which batch of the audit log is not as it was sealed. */
@ExtendWith(ApiStack.Started.class)
class AuditProofIntegrationTests {

  private static final String VERIFY = "/admin/audit/verify";

  private final String tenant = ApiStack.tenant();
  private final UUID tenantId = TokenRequest.tenantId(tenant);

  @Test
  void aRowAlteredBehindDorsalsBackBreaksItsBatch(ApiStack api) throws SQLException {
    String admin = api.token(tenant, "TENANT_ADMIN");
    assertThat(api.post("/organizations", admin, "{\"name\":\"O\"}").status()).isEqualTo(201);
    Answer whole =
        api.await(
            "all is sealed",
            () -> {
              Answer now = api.get(VERIFY, admin);
              return now.at("/unsealed").equals("0") && !now.at("/batches").equals("0")
                  ? now
                  : null;
            });
    assertThat(whole.at("/intact")).isEqualTo("true");
    assertThat(whole.body().path("broken")).isEmpty();

    alterLastEntry(api);

    Answer proof = api.get(VERIFY, api.token(tenant, "AUDITOR"));
    assertThat(proof.status()).isEqualTo(200);
    assertThat(proof.at("/intact")).isEqualTo("false");
    assertThat(proof.body().path("broken")).hasSize(1);
    assertThat(proof.at("/broken/0/number")).isEqualTo(whole.at("/head/number"));
    assertThat(proof.at("/broken/0/reason")).isEqualTo("ENTRIES_CHANGED");
    assertThat(Instant.parse(proof.at("/broken/0/from")))
        .isBeforeOrEqualTo(Instant.parse(proof.at("/broken/0/to")));
    String later = Instant.now().plusSeconds(3600).toString();
    assertThat(api.get(VERIFY + "?from=" + later, admin).at("/intact")).isEqualTo("true");
    String elsewhere = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    assertThat(api.get(VERIFY, elsewhere).at("/intact")).isEqualTo("true");
  }

  /** As whoever owns the tables can, who alone takes the triggers away. */
  private void alterLastEntry(ApiStack api) throws SQLException {
    var database = api.stack().database();
    try (Connection owner =
            DriverManager.getConnection(
                database.jdbcUrl(), "dorsal_migrate", database.roles().migrate());
        var statement = owner.createStatement()) {
      owner.setAutoCommit(false);
      statement.execute("alter table dorsal.audit_entry disable trigger user");
      assertThat(
              statement.executeUpdate(
                  """
                  update dorsal.audit_entry set actor = 'somebody else' where event_id = (
                    select event_id from dorsal.audit_entry where tenant_id = '%s'
                    order by tx desc, event_id desc limit 1)
                  """
                      .formatted(tenantId)))
          .isEqualTo(1);
      statement.execute("alter table dorsal.audit_entry enable trigger user");
      owner.commit();
    }
  }
}
