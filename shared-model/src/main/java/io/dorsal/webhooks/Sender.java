package io.dorsal.webhooks;

import io.dorsal.access.WebhookSignature;
import io.dorsal.operations.AuditEntry;
import io.dorsal.operations.Kept;
import io.dorsal.operations.Span;
import io.dorsal.operations.TraceContext;
import io.dorsal.webhooks.PinnedPost.UnreadableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Makes one attempt to deliver. Thread-safe. */
@Component
class Sender {

  /** What a delivery must be answered within. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final JsonMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  private final Destinations destinations;
  private final Clock clock;
  private final PinnedPost post =
      new PinnedPost((SSLSocketFactory) SSLSocketFactory.getDefault(), PATIENCE);

  Sender(Destinations destinations, Clock clock) {
    this.destinations = destinations;
    this.clock = clock;
  }

  /** Sends the entry once; its name is asked once, and the address that it gave is connected to. */
  Delivery.Attempt send(
      Webhook webhook, WebhookSecrets.Opened secrets, Delivery delivery, AuditEntry entry) {
    try (Span hop = hop(webhook, delivery, entry)) {
      Delivery.Attempt attempt =
          send(webhook, secrets, delivery, JSON.writeValueAsBytes(entry), hop.context());
      if (attempt.status() != null) {
        hop.with("status", attempt.status());
      }
      if (attempt.error() != null) {
        hop.failed(attempt.error().name(), null);
      }
      return attempt;
    }
  }

  /** Each attempt is one, in the trace of what happened. */
  private static Span hop(Webhook webhook, Delivery delivery, AuditEntry entry) {
    TraceContext trace = new TraceContext(entry.traceId(), "0".repeat(16)).child();
    return Span.of(Kept.Kind.WEBHOOK, delivery.event(), webhook.tenantId(), trace, null)
        .with("webhook_id", webhook.id().toString())
        .with("delivery_id", delivery.id().toString());
  }

  private Delivery.Attempt send(
      Webhook webhook,
      WebhookSecrets.Opened secrets,
      Delivery delivery,
      byte[] body,
      TraceContext trace) {
    Instant now = clock.instant();
    Map<String, String> headers = new LinkedHashMap<>(secrets.headers());
    headers.put("X-Dorsal-Event", delivery.event().replaceAll("[^\\x21-\\x7e]", "_"));
    headers.put("X-Dorsal-Delivery-Id", delivery.id().toString());
    headers.put("X-Dorsal-Signature", WebhookSignature.by(secrets.signing(), now, body).header());
    headers.put("traceparent", trace.traceparent());
    URI url = URI.create(webhook.url());
    try {
      List<InetAddress> addresses = destinations.addresses(url);
      if (addresses.isEmpty()) {
        return new Delivery.Attempt(now, null, DeliveryError.ADDRESS_REFUSED);
      }
      int status = post.send(url, addresses.getFirst(), headers, body);
      DeliveryError error = status / 100 == 2 ? null : DeliveryError.STATUS_NOT_2XX;
      return new Delivery.Attempt(now, status, error);
    } catch (IOException e) {
      return new Delivery.Attempt(now, null, error(e));
    }
  }

  private static DeliveryError error(IOException failure) {
    return switch (failure) {
      case UnknownHostException e -> DeliveryError.NAME_UNKNOWN;
      case SocketTimeoutException e -> DeliveryError.TIMEOUT;
      case SSLException e -> DeliveryError.TLS_FAILED;
      case UnreadableException e -> DeliveryError.ANSWER_UNREADABLE;
      default -> DeliveryError.CONNECTION_FAILED;
    };
  }
}
