package io.dorsal.apikeys;

import io.dorsal.access.Sweeper;
import io.dorsal.access.Tenancy;
import io.dorsal.access.TenantRole;
import io.dorsal.mail.MailedNotices;
import io.dorsal.operations.Metric;
import io.dorsal.operations.NewNotice;
import io.dorsal.operations.Sampler;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;

/**
 * Tells owners and administrators 30, 7 and 1 days before a key ends. Thread-safe; any number of
 * instances may do it at once.
 */
@Component
public class ApiKeyWatch implements Sampler {

  /** The kind of the notices that tell of an end to come. */
  static final String NOTICE = "API_KEY_EXPIRES";

  private static final List<Integer> DAYS = List.of(1, 7, 30);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM yyyy 'at' HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final ApiKeyRows rows;
  private final MailedNotices notices;
  private final Clock clock;

  ApiKeyWatch(ApiKeyRows rows, MailedNotices notices, Clock clock) {
    this.rows = rows;
    this.notices = notices;
    this.clock = clock;
  }

  /**
   * Sends what is due: for each key the tightest threshold reached, once.
   *
   * @return how many notices are new
   */
  public int sendNotices() {
    Instant now = clock.instant();
    List<ApiKey> ending = endingWithin(Duration.ofDays(30), now);
    int sent = 0;
    for (ApiKey key : ending) {
      NewNotice notice = notice(key, daysLeft(key, now));
      sent += Tenancy.in(key.tenantId(), () -> notices.tell(notice)) ? 1 : 0;
    }
    return sent;
  }

  /** How many keys end within seven days and are not replaced. */
  @Override
  public List<Sample> sample() {
    int ending = endingWithin(Duration.ofDays(7), clock.instant()).size();
    return List.of(Sample.of(Metric.API_KEYS_ENDING, ending));
  }

  private List<ApiKey> endingWithin(Duration time, Instant now) {
    return Tenancy.sweep(Sweeper.API_KEYS, () -> rows.endingBetween(now, now.plus(time)));
  }

  /** The smallest threshold that the end is within. */
  private static int daysLeft(ApiKey key, Instant now) {
    Duration left = Duration.between(now, key.expiresAt());
    return DAYS.stream()
        .filter(days -> left.compareTo(Duration.ofDays(days)) <= 0)
        .findFirst()
        .orElseThrow();
  }

  private static NewNotice notice(ApiKey key, int days) {
    return new NewNotice(
        key.tenantId(),
        NOTICE + "/" + key.id() + "/" + key.expiresAt().getEpochSecond() + "/" + days,
        NOTICE,
        TenantRole.TENANT_ADMIN,
        key.ownerId() == null ? key.createdBy() : key.ownerId().toString(),
        "The API key " + key.name() + " ends within " + days + (days == 1 ? " day" : " days"),
        "Rotate the key that begins with dk_"
            + key.prefix()
            + " before "
            + DAY.format(key.expiresAt())
            + "; what uses it is refused after that.",
        "api_key",
        key.id());
  }
}
