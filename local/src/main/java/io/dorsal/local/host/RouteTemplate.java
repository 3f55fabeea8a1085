package io.dorsal.local.host;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One route such as {@code connections/{id:guid}/secret}. Literals are compared without regard to
 * case. The order puts the more specific template first: at the first segment that differs in kind,
 * literal before constrained before free before catch-all, as ASP.NET Core has it.
 */
final class RouteTemplate implements Comparable<RouteTemplate> {

  private final String text;
  private final List<RouteSegment> segments;

  private RouteTemplate(String text, List<RouteSegment> segments) {
    this.text = text;
    this.segments = List.copyOf(segments);
  }

  /**
   * Reads a route as {@code function.json} gives it.
   *
   * @throws IllegalArgumentException if the template is malformed or names an unknown constraint
   */
  static RouteTemplate parse(String template) {
    String text = template.replaceAll("^/+|/+$", "");
    List<RouteSegment> segments = new ArrayList<>();
    for (String part : split(text)) {
      segments.add(RouteSegment.parse(part));
    }
    return new RouteTemplate(text, segments);
  }

  /**
   * The route values if the path fits.
   *
   * @param path decoded segments below the route prefix
   */
  Optional<Map<String, String>> match(List<String> path) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < segments.size(); i++) {
      RouteSegment segment = segments.get(i);
      if (segment.catchAll()) {
        String rest = i < path.size() ? String.join("/", path.subList(i, path.size())) : "";
        return segment.match(rest, values) ? Optional.of(values) : Optional.empty();
      }
      if (i >= path.size()) {
        if (!segment.optional()) {
          return Optional.empty();
        }
      } else if (!segment.match(path.get(i), values)) {
        return Optional.empty();
      }
    }
    return path.size() <= segments.size() ? Optional.of(values) : Optional.empty();
  }

  @Override
  public int compareTo(RouteTemplate other) {
    for (int i = 0; i < Math.min(segments.size(), other.segments.size()); i++) {
      int order = Integer.compare(segments.get(i).rank(), other.segments.get(i).rank());
      if (order != 0) {
        return order;
      }
    }
    int order = Integer.compare(segments.size(), other.segments.size());
    return order != 0 ? order : text.compareTo(other.text);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RouteTemplate template && template.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }

  /** At slashes outside braces: a constraint may hold one. */
  private static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '{' -> depth++;
        case '}' -> depth--;
        case '/' -> {
          if (depth == 0) {
            parts.add(text.substring(start, i));
            start = i + 1;
          }
        }
        default -> {}
      }
    }
    if (depth != 0) {
      throw new IllegalArgumentException("Unbalanced braces in route " + text);
    }
    if (!text.isEmpty()) {
      parts.add(text.substring(start));
    }
    return parts;
  }
}
