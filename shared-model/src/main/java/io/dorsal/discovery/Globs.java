package io.dorsal.discovery;

import io.dorsal.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Path patterns: {@code *} within a segment, {@code **} across, {@code ?}, {@code [abc]}, {@code
 * {a,b}}; case-insensitive. Immutable.
 */
final class Globs {

  private static final List<String> BUILTIN =
      List.of(
          "**/~$*",
          "**/.*",
          "**/.*/**",
          "**/Thumbs.db",
          "**/desktop.ini",
          "**/__MACOSX/**",
          "**/@eaDir/**",
          "**/$RECYCLE.BIN/**",
          "**/System Volume Information/**");
  private static final Globs BUILTIN_EXCLUDES = of(BUILTIN);

  private final List<Pattern> patterns;

  private Globs(List<Pattern> patterns) {
    this.patterns = patterns;
  }

  /**
   * @throws ProblemException GLOB_INVALID with pattern and position
   */
  static Globs of(List<String> globs) {
    return new Globs(globs.stream().map(glob -> new Reader(glob).pattern()).toList());
  }

  /** What systems leave behind in every archive. */
  static Globs builtinExcludes() {
    return BUILTIN_EXCLUDES;
  }

  boolean isEmpty() {
    return patterns.isEmpty();
  }

  boolean matches(String path) {
    for (Pattern pattern : patterns) {
      if (pattern.matcher(path).matches()) {
        return true;
      }
    }
    return false;
  }

  /** Reads one glob from left to right. */
  private static final class Reader {
    private final String glob;
    private final StringBuilder regex = new StringBuilder();
    private final List<Integer> openBraces = new ArrayList<>();
    private int at;

    Reader(String glob) {
      this.glob = glob;
    }

    Pattern pattern() {
      while (at < glob.length()) {
        char c = glob.charAt(at);
        switch (c) {
          case '*' -> star();
          case '?' -> regex.append("[^/]");
          case '[' -> set();
          case '{' -> {
            openBraces.add(at);
            regex.append("(?:");
          }
          case '}' -> {
            if (openBraces.isEmpty()) {
              throw invalid(at, "a closing brace without an opening one");
            }
            openBraces.removeLast();
            regex.append(')');
          }
          case ',' -> regex.append(openBraces.isEmpty() ? "," : "|");
          default -> {
            int codePoint = glob.codePointAt(at);
            regex.append(Pattern.quote(Character.toString(codePoint)));
            at += Character.charCount(codePoint) - 1;
          }
        }
        at++;
      }
      if (!openBraces.isEmpty()) {
        throw invalid(openBraces.getLast(), "an opening brace without a closing one");
      }
      try {
        return Pattern.compile(
            regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
      } catch (PatternSyntaxException e) {
        throw invalid(glob.indexOf('['), "a set that cannot be read");
      }
    }

    private void star() {
      if (!glob.startsWith("**", at)) {
        regex.append("[^/]*");
      } else if (glob.startsWith("**/", at) && (at == 0 || glob.charAt(at - 1) == '/')) {
        regex.append("(?:.*/)?");
        at += 2;
      } else {
        regex.append(".*");
        at++;
      }
    }

    private void set() {
      int end = glob.indexOf(']', at + 2);
      if (end < 0) {
        throw invalid(at, "an opening bracket without a closing one");
      }
      String members = glob.substring(at + 1, end);
      boolean negated = members.startsWith("!");
      regex
          .append(negated ? "[^/" : "[")
          .append(members.substring(negated ? 1 : 0).replaceAll("([\\\\\\[\\]^&])", "\\\\$1"))
          .append(']');
      at = end;
    }

    private ProblemException invalid(int position, String what) {
      return new ProblemException(
          DiscoveryProblem.GLOB_INVALID,
          "The pattern " + glob + " has " + what + " at position " + (position + 1) + ".",
          Map.of("pattern", glob, "position", position + 1));
    }
  }
}
