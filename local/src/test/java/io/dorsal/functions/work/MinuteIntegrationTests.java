package io.dorsal.functions.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.functions.ApiStack;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The work of every minute; a test takes up to one. */
@ExtendWith(ApiStack.Started.class)
class MinuteIntegrationTests {

  @Test
  void whatWasLeftBehindIsDone(ApiStack api) {
    String admin = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    String source = api.source(admin, api.archive(5));
    String left = UUID.randomUUID().toString();
    String tenant = api.rows("select tenant_id from source where id = '" + source + "'").getFirst();
    // As a process leaves it that died between its commit and the posting.
    api.rows(
        """
        insert into outbox (tenant_id, queue, message_id, body, trace_parent) values
        ('%s', 'import-requests', '%s',
         '{"specversion":"1.0","id":"%s","source":"left","type":"dorsal.scan.requested",
           "data":{"tenant_id":"%s","source_id":"%s"}}',
         '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01')
        """
            .formatted(tenant, left, left, tenant, source));
    api.rows(
        "insert into refused_message (queue, message_id, code, detail, fix, trace_id, refused_at)"
            + " values ('q', '"
            + left
            + "', 'C', 'D', 'F', 'T', now() - interval '91 days')");

    api.await(
        "the row is posted",
        () ->
            api.rows(
                        "select 1 from outbox where sent_at is not null and message_id = '"
                            + left
                            + "'")
                    .isEmpty()
                ? null
                : true);
    String scan =
        api.await(
            "its message arrives",
            () -> {
              String id = api.get("/scans", admin).at("/items/0/id");
              return id.isEmpty() ? null : id;
            });
    api.awaitScan(admin, scan, "COMPLETED");
    assertThat(api.rows("select 1 from refused_message where message_id = '" + left + "'"))
        .isEmpty();
  }
}
