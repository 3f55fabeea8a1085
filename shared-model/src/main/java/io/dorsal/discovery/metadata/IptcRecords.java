package io.dorsal.discovery.metadata;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** IPTC-IIM records, alone or within Photoshop's image resources (IIM 4.2, section 1.5). */
final class IptcRecords {

  private static final int MOST_VALUES = 1_000;
  private static final byte[] UTF_8 = {0x1B, 0x25, 0x47};

  private IptcRecords() {}

  /** Finds resource 0x0404 among image resources, which start with {@code 8BIM}. */
  static void readPhotoshop(byte[] data, Findings findings) {
    int at = 0;
    while (at + 12 <= data.length && data[at] == '8' && data[at + 1] == 'B') {
      int id = u16(data, at + 4);
      int name = data[at + 6] & 0xFF;
      int header = at + 6 + ((name + 2) & ~1);
      if (header + 4 > data.length) {
        return;
      }
      int length = u16(data, header) << 16 | u16(data, header + 2);
      int body = header + 4;
      if (length < 0 || length > data.length - body) {
        return;
      }
      if (id == 0x0404) {
        read(Arrays.copyOfRange(data, body, body + length), findings);
      }
      at = body + length + (length & 1);
    }
  }

  /** Reads records up to the first that is broken. */
  static void read(byte[] data, Findings findings) {
    boolean utf8 = false;
    int at = 0;
    while (at + 5 <= data.length && data[at] == 0x1C) {
      int record = data[at + 1] & 0xFF;
      int set = data[at + 2] & 0xFF;
      int length = u16(data, at + 3);
      int body = at + 5;
      if (length > 0x7FFF) {
        // Extended data sets hold media, never text: whatever follows them is not worth the risk.
        return;
      }
      if (length > data.length - body) {
        return;
      }
      byte[] value = Arrays.copyOfRange(data, body, body + length);
      if (record == 1 && set == 90) {
        utf8 = Arrays.equals(value, UTF_8);
      } else if (record == 2) {
        put(set, utf8 ? new String(value, StandardCharsets.UTF_8) : Text.decode(value), findings);
      }
      at = body + length;
    }
  }

  private static void put(int set, String raw, Findings findings) {
    String name = name(set);
    String value = Text.clean(raw);
    if (name == null || value == null) {
      return;
    }
    List<String> values = findings.iptc.computeIfAbsent(name, _ -> new ArrayList<>());
    if (values.size() < MOST_VALUES) {
      values.add(value);
    }
  }

  private static @Nullable String name(int set) {
    return switch (set) {
      case 5 -> "ObjectName";
      case 25 -> "Keywords";
      case 55 -> "DateCreated";
      case 60 -> "TimeCreated";
      case 80 -> "By-line";
      case 90 -> "City";
      case 92 -> "Sub-location";
      case 95 -> "Province-State";
      case 101 -> "Country-PrimaryLocationName";
      case 105 -> "Headline";
      case 110 -> "Credit";
      case 115 -> "Source";
      case 116 -> "CopyrightNotice";
      case 120 -> "Caption-Abstract";
      default -> null;
    };
  }

  private static int u16(byte[] data, int at) {
    return (data[at] & 0xFF) << 8 | (data[at + 1] & 0xFF);
  }
}
