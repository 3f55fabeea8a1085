package io.dorsal.bench.store;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The answers to List Blobs, flat, in pages of at most 5,000. Pages that were made are kept, for
 * the reader is to be measured and not the store. For use by one thread.
 */
final class BlobListing {

  private static final int MOST = 5_000;

  /** 640,000 names, some 300 MB. */
  private static final int MOST_KEPT = 128;

  private final StubFiles files;
  private final Map<Asked, Buffer> made = new HashMap<>();

  private record Asked(String prefix, String marker, int limit) {}

  BlobListing(StubFiles files) {
    this.files = files;
  }

  Buffer page(HttpServerRequest request) {
    String most = request.getParam("maxresults", "");
    var asked =
        new Asked(
            request.getParam("prefix", ""),
            request.getParam("marker", ""),
            most.isEmpty() ? MOST : Math.min(MOST, Integer.parseInt(most)));
    Buffer known = made.get(asked);
    if (known != null) {
      return known;
    }
    Buffer page = page(asked.prefix(), asked.marker(), asked.limit());
    if (made.size() < MOST_KEPT) {
      made.put(asked, page);
    }
    return page;
  }

  private Buffer page(String prefix, String marker, int limit) {
    String from = new String(Base64.getUrlDecoder().decode(marker), StandardCharsets.UTF_8);
    List<StubFile> page = files.page(prefix, from, limit + 1);
    StringBuilder xml = new StringBuilder(page.size() * 500);
    xml.append("<?xml version=\"1.0\" encoding=\"utf-8\"?><EnumerationResults><Blobs>");
    page.stream().limit(limit).forEach(file -> blob(xml, file));
    xml.append("</Blobs><NextMarker>");
    if (page.size() > limit) {
      byte[] next = page.getLast().name().getBytes(StandardCharsets.UTF_8);
      xml.append(Base64.getUrlEncoder().withoutPadding().encodeToString(next));
    }
    return Buffer.buffer(xml.append("</NextMarker></EnumerationResults>").toString());
  }

  private static void blob(StringBuilder xml, StubFile file) {
    xml.append("<Blob>");
    name(xml, file.name());
    xml.append("<Properties><Creation-Time>").append(StubStore.MODIFIED);
    xml.append("</Creation-Time><Last-Modified>").append(StubStore.MODIFIED);
    xml.append("</Last-Modified><Etag>").append(file.etag().replace("\"", ""));
    xml.append("</Etag><Content-Length>").append(file.size());
    xml.append("</Content-Length><Content-Type>application/octet-stream</Content-Type>");
    xml.append("<BlobType>BlockBlob</BlobType><AccessTier>Hot</AccessTier>");
    xml.append("<LeaseStatus>unlocked</LeaseStatus><LeaseState>available</LeaseState>");
    xml.append("</Properties></Blob>");
  }

  /** Names that XML cannot hold are percent-encoded and say so, as the service does. */
  private static void name(StringBuilder xml, String name) {
    boolean plain = name.chars().allMatch(c -> c >= ' ' && c != 0xFFFE && c != 0xFFFF);
    if (!plain) {
      xml.append("<Name Encoded=\"true\">");
      xml.append(java.net.URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"));
    } else {
      xml.append("<Name>");
      xml.append(name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
    }
    xml.append("</Name>");
  }
}
