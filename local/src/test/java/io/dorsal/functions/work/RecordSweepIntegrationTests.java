package io.dorsal.functions.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.functions.ApiStack;
import io.dorsal.local.oidc.TokenRequest;
import io.dorsal.local.stack.TimersNow;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** 40 §14: records of scans, jobs and runs are kept for 400 days. */
@ExtendWith(ApiStack.Started.class)
class RecordSweepIntegrationTests {

  private static final String RUN =
      """
      insert into batch.batch_job_execution
        (job_execution_id, job_instance_id, create_time, end_time, status)
        values (%1$d, %2$d, now() - interval '500 days', now() - interval '%3$d days', 'COMPLETED');
      insert into batch.batch_job_execution_params values (%1$d, 'p', 'java.lang.String', 'v', 'Y');
      insert into batch.batch_job_execution_context values (%1$d, '{}');
      insert into batch.batch_step_execution
        (step_execution_id, version, step_name, job_execution_id, create_time)
        values (%1$d, 0, 's', %1$d, now());
      insert into batch.batch_step_execution_context values (%1$d, '{}');
      """;

  /** Numbers below all others, as those of the oldest are. */
  @Test
  void runsEventsAndLinesGoAfterFourHundredDays(ApiStack api) throws Exception {
    String tenant = ApiStack.tenant();
    String admin = api.token(tenant, "TENANT_ADMIN");
    String source = api.source(admin, api.archive(5));
    String scan = api.post("/scans", admin, "{\"source_id\":\"" + source + "\"}").at("/id");
    api.awaitScan(admin, scan, "COMPLETED");
    for (int instance : List.of(-1, -2)) {
      api.rows(
          "insert into batch.batch_job_instance values (%d, 0, 'old', '%s')"
              .formatted(instance, UUID.randomUUID().toString().replace("-", "")));
    }
    api.rows(RUN.formatted(-11, -1, 401));
    api.rows(RUN.formatted(-21, -2, 401));
    api.rows(RUN.formatted(-22, -2, 399));
    UUID tenantId = TokenRequest.tenantId(tenant);
    for (int days : List.of(401, 399)) {
      api.rows(
          """
          insert into event (id, tenant_id, name, subject_type, subject_id, to_state, details,
              trace_id, at) overriding system value
            values (-%1$d, '%2$s', 'x', 'scan', '%3$s', 'X', '{}', 't',
              now() - interval '%1$d days');
          insert into scan_log (id, tenant_id, scan_id, line, at) overriding system value
            values (-%1$d, '%2$s', '%3$s', 'x', now() - interval '%1$d days')
          """
              .formatted(days, tenantId, scan));
    }

    TimersNow.run(api.stack().api(), "ForgetRecords");
    api.await(
        "the oldest is forgotten",
        () -> api.rows("select 1 from scan_log where id = -401").isEmpty() ? true : null);
    assertThat(
            api.rows(
                "select job_execution_id from batch.batch_job_execution where job_execution_id < 0"))
        .containsExactly("-22");
    assertThat(
            api.rows(
                "select job_instance_id from batch.batch_job_instance where job_instance_id < 0"))
        .containsExactly("-2");
    for (String table :
        List.of("job_execution_params", "job_execution_context", "step_execution")) {
      assertThat(
              api.rows(
                  "select job_execution_id from batch.batch_"
                      + table
                      + " where job_execution_id < 0"))
          .as(table)
          .containsExactly("-22");
    }
    assertThat(api.rows("select id from event where id < 0")).containsExactly("-399");
    assertThat(api.rows("select id from scan_log where id < 0")).containsExactly("-399");
    assertThat(api.rows("select 1 from scan where id = '" + scan + "'")).hasSize(1);
  }

  @Test
  void scansGoAfterFourHundredDaysUnlessTheSourceNeedsThem(ApiStack api) throws Exception {
    String tenant = ApiStack.tenant();
    String admin = api.token(tenant, "TENANT_ADMIN");
    String source = api.source(admin, api.archive(5));
    String first = scanned(api, admin, source, "");
    String second = scanned(api, admin, source, "");
    String folder =
        api.rows(
                "select split_part(path, '/', 1) from found_file where source_id = '%s' and path like '%%/%%'"
                    .formatted(source))
            .getFirst();
    String part = scanned(api, admin, source, ",\"prefix\":\"" + folder + "/\"");
    api.rows(
        "update scan set finished_at = now() - interval '401 days' where source_id = '%s'"
            .formatted(source));

    TimersNow.run(api.stack().api(), "ForgetRecords");
    api.await(
        "the oldest is forgotten",
        () -> api.get("/scans/" + first, admin).status() == 404 ? true : null);
    // The newest of the whole source tells what the source holds, and no number is given twice.
    assertThat(
            api.rows(
                "select id from scan where source_id = '%s' order by number".formatted(source)))
        .containsExactly(second, part);
    assertThat(api.rows("select count(*) from found_file where source_id = '%s'".formatted(source)))
        .containsExactly("5");
    assertThat(
            api.rows(
                "select actor from audit_entry where action = 'scan.deleted' and resource_id = '%s'"
                    .formatted(first)))
        .containsExactly("SYSTEM");
  }

  /** 40 §14: item errors for 90 days. */
  @Test
  void reasonsOfUnreadableFilesGoAfterNinetyDaysAndCountsStay(ApiStack api) throws Exception {
    String admin = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    String source = api.source(admin, api.archive(6));
    String first = scanned(api, admin, source, "");
    api.await(
        "its numbers are the last ones",
        () ->
            api.rows("select 1 from scan_summary where final and scan_id = '" + first + "'")
                    .isEmpty()
                ? null
                : true);
    String inspections = "file_inspection where source_id = '" + source + "'";
    api.rows(
        """
        update file_inspection set outcome = 'UNREADABLE', code = 'CORRUPT', notes = '{GPS_NULL}',
            inspected_at = now() - n * interval '1 day'
          from (select file_id as id, case when row_number() over (order by file_id) = 1
              then 91 else 89 end as n from %s) aged
          where file_id = id
        """
            .formatted(inspections));
    String counts = summary(api, admin, first);

    TimersNow.run(api.stack().api(), "ForgetRecords");
    api.await(
        "the oldest reason is forgotten",
        () ->
            api.rows("select 1 from " + inspections + " and code is null").isEmpty() ? null : true);
    assertThat(api.rows("select distinct outcome, notes from " + inspections))
        .containsExactly("UNREADABLE|{GPS_NULL}");
    assertThat(api.rows("select 1 from " + inspections + " and code = 'CORRUPT'")).hasSize(5);
    assertThat(summary(api, admin, first)).isEqualTo(counts);

    // The next scan looks at that one again, and at no other.
    String second = scanned(api, admin, source, "");
    assertThat(
            api.rows(
                "select inspected, reused from scan_progress where scan_id = '" + second + "'"))
        .containsExactly("1|5");
    assertThat(api.rows("select 1 from " + inspections + " and outcome = 'INSPECTED'")).hasSize(1);
  }

  private static String summary(ApiStack api, String admin, String scan) {
    return api.get("/scans/" + scan + "/summary", admin).text();
  }

  @Test
  void whatNobodyTookOverAndStepsOfVersionsGo(ApiStack api) throws Exception {
    UUID tenant = TokenRequest.tenantId(ApiStack.tenant());
    for (String age : List.of("25 hours", "23 hours")) {
      api.rows(
          """
          insert into running_task (kind, id, of_tenant, start, worker, heartbeat_at, trace_id)
            values ('AUDIT_EXPORT', uuidv7(), '%s', uuidv7(), '%s', now() - interval '%s', '')
          """
              .formatted(tenant, age, age));
    }
    for (int days : List.of(31, 29)) {
      api.rows(
          """
          insert into version_step values
            ('%s', 'K', uuidv7(), 1, 2, '{name,d%d}', now() - interval '%d days')
          """
              .formatted(tenant, days, days));
    }

    TimersNow.run(api.stack().api(), "ForgetRecords");
    assertThat(api.rows("select worker from running_task where of_tenant = '%s'".formatted(tenant)))
        .containsExactly("23 hours");
    assertThat(api.rows("select fields from version_step where tenant_id = '%s'".formatted(tenant)))
        .containsExactly("{name,d29}");
  }

  private static String scanned(ApiStack api, String admin, String source, String more) {
    String body = "{\"source_id\":\"%s\"%s}".formatted(source, more);
    String scan = api.post("/scans", admin, body).at("/id");
    api.awaitScan(admin, scan, "COMPLETED");
    return scan;
  }
}
