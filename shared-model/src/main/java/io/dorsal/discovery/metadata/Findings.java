package io.dorsal.discovery.metadata;

import com.drew.metadata.Metadata;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the readers of one file have gathered so far. Not thread-safe. */
final class Findings {

  static final int INFLATE_LIMIT = 4 << 20;

  final EnumSet<Note> notes = EnumSet.noneOf(Note.class);
  final TagMap tags = new TagMap();
  final Metadata exif = new Metadata();
  final Map<String, List<String>> iptc = new HashMap<>();
  final Map<String, List<String>> xmp = new HashMap<>();
  long width;
  long height;
  ImageMetadata.@Nullable Preview preview;

  /** Whether the file is a raw image: its preview and its largest picture are looked for. */
  boolean raw;

  /** The pixel size the container itself declares, in pixels; the first one counts. */
  void size(long width, long height) {
    if (this.width == 0 && width > 0 && height > 0) {
      this.width = width;
      this.height = height;
    }
  }

  void preview(long offset, long length, long fileSize) {
    if (offset > 0
        && length > 0
        && length <= fileSize - offset
        && (preview == null || preview.length() < length)) {
      preview = new ImageMetadata.Preview(offset, length);
    }
  }

  boolean nothing() {
    return width == 0 && tags.isEmpty() && iptc.isEmpty() && xmp.isEmpty();
  }
}
