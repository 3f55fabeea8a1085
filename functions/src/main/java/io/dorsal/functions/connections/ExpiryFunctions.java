package io.dorsal.functions.connections;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import io.dorsal.access.Caller;
import io.dorsal.access.Tenancy;
import io.dorsal.connections.CalendarFeeds;
import io.dorsal.connections.CalendarFile;
import io.dorsal.connections.ExpiryCalendar;
import io.dorsal.connections.ExpiryWatch;
import io.dorsal.functions.http.Described;
import io.dorsal.functions.http.Described.Param;
import io.dorsal.functions.http.Endpoint;
import io.dorsal.functions.http.PageAnswer;
import io.dorsal.functions.http.Query;
import io.dorsal.functions.http.Reply;
import io.dorsal.operations.TraceContext;
import io.dorsal.problem.ErrorCode;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** When credentials end: as a list, as a calendar, and as notices every morning. Thread-safe. */
@Component
public class ExpiryFunctions {

  private static final Logger log = LoggerFactory.getLogger(ExpiryFunctions.class);
  private static final String FILE = "connections/expiry-calendar.ics";
  private static final int DEFAULT_DAYS = 90;
  private static final int FEED_DAYS = 366;

  private final Endpoint endpoint;
  private final ExpiryCalendar calendar;
  private final CalendarFeeds feeds;
  private final ExpiryWatch watch;
  private final Clock clock;

  ExpiryFunctions(
      Endpoint endpoint,
      ExpiryCalendar calendar,
      CalendarFeeds feeds,
      ExpiryWatch watch,
      Clock clock) {
    this.endpoint = endpoint;
    this.calendar = calendar;
    this.feeds = feeds;
    this.watch = watch;
    this.clock = clock;
  }

  /** Where the caller's calendar is read; shown this once. */
  record FeedAnswer(String path) {}

  /** How much hangs on a credential. */
  record Affected(int sources, int schedules, int runs) {}

  /** The end of one credential as it is shown. */
  record EndAnswer(
      UUID connectionId,
      String name,
      String credential,
      Instant expiresAt,
      long daysLeft,
      String band,
      Affected affected) {

    static EndAnswer of(ExpiryCalendar.Entry entry) {
      var use = entry.affected();
      return new EndAnswer(
          entry.connectionId(),
          entry.name(),
          entry.credential(),
          entry.expiresAt(),
          entry.daysLeft(),
          entry.band().label(),
          new Affected(use.sources(), use.schedules(), use.scans().size() + use.runs().size()));
    }
  }

  /** What ended and what ends within {@code days}, by date. */
  @Described(
      answer = EndAnswer.class,
      page = true,
      query = @Param(name = "days", type = Integer.class))
  @FunctionName("GetExpiryCalendar")
  public HttpResponseMessage list(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "connections/expiry-calendar")
          HttpRequestMessage<Optional<String>> request) {
    return endpoint.answer(
        request,
        "connections/expiry-calendar",
        caller -> {
          Query query = Query.of(request, "connections/expiry-calendar");
          int days = query.number("days", DEFAULT_DAYS);
          query.check();
          var items = calendar.entries(caller, days).stream().map(EndAnswer::of).toList();
          return Reply.ok(new PageAnswer<>(items, null));
        });
  }

  /** The address of the caller's own calendar, shown this once; an earlier one ends. */
  @Described(status = 201, answer = FeedAnswer.class)
  @FunctionName("MakeCalendarFeed")
  public HttpResponseMessage makeFeed(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.POST},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "connections/expiry-calendar/feed")
          HttpRequestMessage<Optional<String>> request) {
    return endpoint.answer(
        request,
        "connections/expiry-calendar/feed",
        caller -> {
          String path = "/api/v1/" + FILE + "?token=" + feeds.issue(caller);
          return Reply.created(new FeedAnswer(path), "/api/v1/" + FILE);
        });
  }

  /** 204; the caller's calendar can no longer be read. */
  @Described(status = 204)
  @FunctionName("RevokeCalendarFeed")
  public HttpResponseMessage revokeFeed(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.DELETE},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "connections/expiry-calendar/feed")
          HttpRequestMessage<Optional<String>> request) {
    return endpoint.answer(
        request,
        "connections/expiry-calendar/feed",
        caller -> {
          feeds.revoke(caller);
          return Reply.nothing();
        });
  }

  /**
   * iCalendar for programs that cannot sign in; the token says whose calendar it is, and shows what
   * that user may see now.
   */
  @Described(
      type = "text/calendar",
      query = @Param(name = "token"),
      problems = {
        ErrorCode.NOT_FOUND,
        ErrorCode.PERMISSION_DENIED,
        ErrorCode.AUTHZ_TENANT_SUSPENDED,
        ErrorCode.AUTHZ_USER_SUSPENDED,
        ErrorCode.AUTHZ_USER_UNKNOWN
      })
  @FunctionName("ReadCalendarFeed")
  public HttpResponseMessage feed(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "connections/expiry-calendar.ics")
          HttpRequestMessage<Optional<String>> request) {
    return endpoint.answerUnsigned(
        request,
        FILE,
        () -> {
          Query query = Query.of(request, FILE);
          String token = query.text("token");
          query.check();
          Caller caller = feeds.callerOf(token);
          var entries = Tenancy.in(caller.tenantId(), () -> calendar.entries(caller, FEED_DAYS));
          return Reply.text(
              "text/calendar; charset=utf-8", CalendarFile.of(entries, clock.instant()));
        });
  }

  /** Tells people what ends in 30, 7 and 1 days. Harmless where several instances do it at once. */
  @FunctionName("EveryMorning")
  public void everyMorning(@TimerTrigger(name = "timer", schedule = "0 0 6 * * *") String timer) {
    try (var _ = TraceContext.start().open()) {
      int sent = watch.sendNotices();
      log.info("Told of {} credentials that end soon", sent);
    }
  }
}
