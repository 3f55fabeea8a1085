package io.dorsal.functions.discovery;

import io.dorsal.discovery.StorageEvent;
import io.dorsal.functions.http.Json;
import io.dorsal.problem.ProblemException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * What Event Grid tells of a storage account, in its own schema ({@code topic}, {@code eventType})
 * or as a CloudEvent ({@code source}, {@code type}).
 */
final class GridEvent {

  private static final Logger log = LoggerFactory.getLogger(GridEvent.class);

  private static final Pattern ACCOUNT =
      Pattern.compile(
          "/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.Storage"
              + "/storageAccounts/([a-z0-9]{3,24})",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern SUBJECT =
      Pattern.compile("/blobServices/default/containers/([^/]+)/blobs/(.+)", Pattern.DOTALL);

  /** These tell that a file was begun, not that it is whole. */
  private static final Set<String> UNFINISHED = Set.of("CreateFile", "SftpCreate");

  private GridEvent() {}

  /** Empty for events of other kinds and for those that cannot be read, which are logged. */
  static Optional<StorageEvent> parse(String text) {
    try {
      JsonNode event = Json.parse(text);
      String type = either(event, "eventType", "type");
      return switch (type) {
        case "Microsoft.Storage.BlobCreated" ->
            whole(event.path("data")) ? of(event, List.of()) : Optional.empty();
        case "Microsoft.Storage.BlobDeleted" -> of(event, List.of());
        case "Microsoft.Storage.BlobRenamed" -> of(event, renamed(event.path("data")));
        default -> Optional.empty();
      };
    } catch (ProblemException | URISyntaxException | IllegalArgumentException e) {
      log.warn("An event cannot be read and is left out: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private static String either(JsonNode event, String own, String cloud) {
    return event.path(own).asString(event.path(cloud).asString(""));
  }

  private static Optional<StorageEvent> of(JsonNode event, List<String> more) {
    Matcher account = ACCOUNT.matcher(either(event, "topic", "source"));
    Matcher subject = SUBJECT.matcher(event.path("subject").asString(""));
    String id = event.path("id").asString("");
    if (id.isEmpty() || id.length() > 1_024 || !account.matches() || !subject.matches()) {
      log.warn("An event without id, storage account or blob is left out");
      return Optional.empty();
    }
    List<String> paths = more.isEmpty() ? List.of(subject.group(2)) : more;
    return Optional.of(
        new StorageEvent(
            id, account.group(1).toLowerCase(java.util.Locale.ROOT), subject.group(1), paths));
  }

  /**
   * Whether the file is complete. A hierarchical account, known by its {@code dfs} address, says so
   * with {@code FlushWithClose} alone.
   */
  private static boolean whole(JsonNode data) {
    String api = data.path("api").asString("");
    boolean hierarchical = data.path("url").asString("").matches("https?://[^/]+\\.dfs\\..*");
    return hierarchical ? api.equals("FlushWithClose") : !UNFINISHED.contains(api);
  }

  private static List<String> renamed(JsonNode data) throws URISyntaxException {
    return List.of(
        path(data.path("sourceUrl").asString("")), path(data.path("destinationUrl").asString("")));
  }

  /** The blob's name in its address: what follows the container. */
  private static String path(String url) throws URISyntaxException {
    String raw = Optional.ofNullable(new URI(url).getRawPath()).orElse("");
    int name = raw.indexOf('/', 1) + 1;
    if (name == 0 || name == raw.length()) {
      throw new IllegalArgumentException("A renamed file has no path.");
    }
    // Only %XX is meant: a plus sign stands for itself.
    return URLDecoder.decode(raw.substring(name).replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
