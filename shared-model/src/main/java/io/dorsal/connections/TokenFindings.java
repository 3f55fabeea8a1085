package io.dorsal.connections;

import io.dorsal.connections.Diagnosis.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a SAS token says about itself, always complete. Pure: the same input gives the same
 * findings.
 */
final class TokenFindings {

  private static final List<Ability> ALL = List.of(Ability.LIST, Ability.READ, Ability.COPY);
  private static final Duration SOON = Duration.ofDays(30);
  private static final Duration LONG = Duration.ofDays(366);
  private static final String FIRST_WITH_COPY = "2018-03-28";

  private final Connection connection;
  private final SasToken sas;
  private final Instant now;
  private final List<Diagnosis> findings = new ArrayList<>();

  private TokenFindings(Connection connection, SasToken sas, Instant now) {
    this.connection = connection;
    this.sas = sas;
    this.now = now;
  }

  /**
   * @param workEnds when the work now running is estimated to end
   */
  static List<Diagnosis> of(
      Connection connection, SasToken sas, Instant now, Optional<Instant> workEnds) {
    var findings = new TokenFindings(connection, sas, now);
    findings.dates(workEnds);
    findings.permissions();
    findings.scope();
    findings.form();
    return List.copyOf(findings.findings);
  }

  private void dates(Optional<Instant> workEnds) {
    sas.expiresAt()
        .ifPresent(
            end -> {
              if (!end.isAfter(now)) {
                fail(ConnectionProblem.SAS_EXPIRED, ALL, "It ended at " + end + ".");
                return;
              }
              if (!end.isAfter(now.plus(SOON))) {
                warn(ConnectionProblem.SAS_EXPIRES_SOON, "It ends at " + end + ".");
              }
              if (end.isAfter(now.plus(LONG))) {
                warn(ConnectionProblem.SAS_LONG_LIVED, "It ends at " + end + ".");
              }
              workEnds
                  .filter(end::isBefore)
                  .ifPresent(
                      done ->
                          warn(
                              ConnectionProblem.SAS_EXPIRES_DURING_RUN,
                              "It ends at " + end + ", the running job about " + done + "."));
            });
    sas.startsAt()
        .filter(start -> start.isAfter(now.plus(Duration.ofMinutes(1))))
        .ifPresent(
            start -> fail(ConnectionProblem.SAS_NOT_YET_VALID, ALL, "It begins at " + start + "."));
  }

  private void permissions() {
    String given = sas.parameters().getOrDefault("sp", "");
    if (!sas.permits('r')) {
      fail(
          ConnectionProblem.SAS_MISSING_READ,
          List.of(Ability.READ, Ability.COPY),
          "It permits sp=" + given + ".");
    }
    if (!sas.permits('l')) {
      fail(
          ConnectionProblem.SAS_MISSING_LIST,
          List.of(Ability.LIST),
          "It permits sp=" + given + ".");
    }
    if (!given.matches("[rl]*")) {
      warn(ConnectionProblem.SAS_TOO_POWERFUL, "It permits sp=" + given + ".");
    }
  }

  private void scope() {
    String types = "It is for the resource types srt=" + sas.parameters().get("srt") + ".";
    if (sas.lacksResourceType('c') || sas.lacksResourceType('o')) {
      fail(ConnectionProblem.SAS_RESOURCE_TYPES, ALL, types);
    } else if (sas.lacksResourceType('s')) {
      add(
          ConnectionProblem.SAS_RESOURCE_TYPES,
          Level.WARN,
          List.of(Ability.LIST_CONTAINERS),
          types);
    }
    if (sas.lacksBlobService()) {
      fail(
          ConnectionProblem.SAS_SERVICE_MISSING,
          ALL,
          "It is for the services ss=" + sas.parameters().get("ss") + ".");
    }
    if (sas.forSingleFile()) {
      fail(ConnectionProblem.SAS_SCOPE_BLOB, ALL, "It has sr=" + sas.parameters().get("sr") + ".");
    }
    if ("d".equals(sas.parameters().get("sr"))) {
      warn(ConnectionProblem.SAS_SCOPE_DIRECTORY, "It has sr=d.");
    }
  }

  private void form() {
    String addresses = sas.parameters().get("sip");
    if (addresses != null) {
      String detail = "Only " + addresses + " may use it.";
      fail(ConnectionProblem.SAS_IP_RESTRICTED, List.of(Ability.COPY), detail);
      add(
          ConnectionProblem.SAS_IP_RESTRICTED,
          Level.WARN,
          List.of(Ability.LIST, Ability.READ),
          detail);
    }
    // Azure takes both where the token names none.
    String protocols = sas.parameters().getOrDefault("spr", "https,http");
    if (List.of(protocols.split(",", -1)).contains("http")) {
      warn(ConnectionProblem.SAS_PROTOCOL_HTTP, "It may be used over plain HTTP.");
    }
    String policy = sas.parameters().get("si");
    if (policy != null) {
      warn(ConnectionProblem.SAS_STORED_POLICY, "The stored access policy is " + policy + ".");
    }
    String version = sas.parameters().getOrDefault("sv", "");
    if (version.compareTo(FIRST_WITH_COPY) < 0) {
      warn(
          ConnectionProblem.SAS_VERSION_OLD,
          version.isEmpty() ? "It names no version." : "It has sv=" + version + ".");
    }
  }

  private void fail(ConnectionProblem problem, List<Ability> abilities, String detail) {
    add(problem, Level.FAIL, abilities, detail);
  }

  private void warn(ConnectionProblem problem, String detail) {
    add(problem, Level.WARN, List.of(), detail);
  }

  private void add(ConnectionProblem problem, Level level, List<Ability> abilities, String detail) {
    findings.add(new Diagnosis(problem, level, abilities, detail, problem.fixFor(connection, sas)));
  }
}
