package io.dorsal.accounts;

import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import io.dorsal.problem.Validation;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an identity provider tells.
 *
 * @param sequence orders the provider's events about one thing; null where it does not count them
 * @param about the one thing it is about: {@code user:<subject>}, {@code group:<id>} or {@code
 *     tenant}; null for types that are not known
 * @param body the whole event
 */
record IdentityEvent(
    String type,
    UUID tenantId,
    @Nullable Long sequence,
    Instant occurredAt,
    @Nullable String about,
    JsonNode body) {

  /**
   * Reads an event of a webhook.
   *
   * @param own the tenant of the webhook, where it has one
   * @throws ProblemException MALFORMED_REQUEST, VALIDATION_FAILED
   */
  static IdentityEvent parse(byte[] text, @Nullable UUID own) {
    JsonNode body;
    try {
      body = JsonMapper.shared().readTree(text);
    } catch (JacksonException e) {
      throw new ProblemException(GeneralProblem.MALFORMED_REQUEST, "The event is not JSON.", e);
    }
    return of(body, own);
  }

  static IdentityEvent of(JsonNode body, @Nullable UUID own) {
    String type = body.path("type").asString("");
    UUID tenant = Validation.uuid(body.path("tenant_id").asString(""));
    UUID whose = tenant == null ? own : tenant;
    Instant occurred = instant(body.path("occurred_at").asString(""));
    String about = about(type, body);
    var validation =
        new Validation()
            .check(Validation.isText(type), "type", "REQUIRED", "type is required.")
            .check(occurred != null, "occurred_at", "REQUIRED", "occurred_at must be a time.")
            .check(
                whose != null && (own == null || own.equals(whose)),
                "tenant_id",
                "INVALID",
                "tenant_id must be the id of a tenant that this webhook may tell of.")
            .check(
                !"".equals(about),
                type.startsWith("user.") ? "user" : "group",
                "REQUIRED",
                "user.subject or group.id is required.");
    validation.orThrow();
    if (whose == null || occurred == null) {
      throw new IllegalStateException("Both have been asked for");
    }
    JsonNode sequence = body.path("sequence");
    return new IdentityEvent(
        type, whose, sequence.isIntegralNumber() ? sequence.asLong() : null, occurred, about, body);
  }

  /** Empty where the event does not say. */
  private static @Nullable String about(String type, JsonNode body) {
    if (type.matches("user\\.(created|updated|deactivated|reactivated|deleted)")) {
      String subject = body.at("/user/subject").asString("");
      return subject.isEmpty() || subject.length() > 255 ? "" : "user:" + subject;
    }
    if (type.matches("group\\.(created|updated|deleted|members_changed)")) {
      String group = body.at("/group/id").asString("");
      return group.isEmpty() || group.length() > 255 ? "" : "group:" + group;
    }
    return type.matches("tenant\\.(suspended|resumed)") ? "tenant" : null;
  }

  String subject() {
    return body.at("/user/subject").asString();
  }

  String group() {
    return body.at("/group/id").asString();
  }

  @Nullable String groupName() {
    JsonNode name = body.at("/group/name");
    return name.isString() ? name.asString() : null;
  }

  /** The subjects of all who are in the group now. */
  List<String> members() {
    return body.path("members").valueStream().map(member -> member.asString("")).toList();
  }

  /** What it says of the person, the rest as it was. */
  User.Profile profile(User.Profile known) {
    JsonNode user = body.path("user");
    String email = user.path("email").asString(null);
    return new User.Profile(
        email == null ? known.email() : email,
        email == null ? known.emailVerified() : user.path("email_verified").asBoolean(false),
        user.path("display_name").asString(known.displayName()),
        occurredAt);
  }

  private static @Nullable Instant instant(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }
}
