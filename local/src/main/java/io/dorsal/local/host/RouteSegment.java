package io.dorsal.local.host;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands between two slashes of a route: text, parameters, or both mixed.
 *
 * @param shape groups are the parameters, in order
 * @param rank lower is more specific
 */
record RouteSegment(
    Pattern shape, List<Parameter> parameters, boolean optional, boolean catchAll, int rank) {

  private static final int LITERAL = 0;
  private static final int CONSTRAINED = 1;
  private static final int FREE = 2;
  private static final int CATCH_ALL = 3;
  private static final Pattern GUID =
      Pattern.compile("\\{?[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}}?");

  record Parameter(String name, List<Predicate<String>> rules) {}

  static RouteSegment parse(String part) {
    StringBuilder shape = new StringBuilder();
    List<Parameter> parameters = new ArrayList<>();
    boolean optional = false;
    boolean catchAll = false;
    boolean text = false;
    for (int i = 0; i < part.length(); ) {
      int open = part.indexOf('{', i);
      if (open != i) {
        int end = open < 0 ? part.length() : open;
        shape.append(Pattern.quote(part.substring(i, end)));
        text = true;
        i = end;
      } else {
        int close = closing(part, open);
        String inside = part.substring(open + 1, close);
        catchAll = inside.startsWith("*");
        optional = inside.endsWith("?") || catchAll;
        shape.append(catchAll ? "(.*)" : "(.+?)");
        parameters.add(parameter(inside));
        i = close + 1;
      }
    }
    boolean constrained = text || parameters.stream().anyMatch(p -> !p.rules().isEmpty());
    int rank =
        parameters.isEmpty() ? LITERAL : catchAll ? CATCH_ALL : constrained ? CONSTRAINED : FREE;
    Pattern pattern =
        Pattern.compile(
            shape.toString(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
    return new RouteSegment(pattern, List.copyOf(parameters), optional, catchAll, rank);
  }

  /** Adds the parameters' values if the text fits. */
  boolean match(String text, Map<String, String> values) {
    Matcher matcher = shape.matcher(text);
    if (!matcher.matches()) {
      return false;
    }
    for (int i = 0; i < parameters.size(); i++) {
      String value = matcher.group(i + 1);
      if (!parameters.get(i).rules().stream().allMatch(rule -> rule.test(value))) {
        return false;
      }
      values.put(parameters.get(i).name(), value);
    }
    return true;
  }

  private static int closing(String part, int open) {
    int depth = 0;
    for (int i = open; i < part.length(); i++) {
      depth += part.charAt(i) == '{' ? 1 : part.charAt(i) == '}' ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    throw new IllegalArgumentException("Unbalanced braces in route segment " + part);
  }

  private static Parameter parameter(String inside) {
    String text = inside.replaceFirst("^\\*+", "");
    if (text.endsWith("?")) {
      text = text.substring(0, text.length() - 1);
    }
    String[] parts = text.split(":(?![^(]*\\))", -1);
    if (parts[0].isEmpty() || parts[0].contains("=")) {
      throw new IllegalArgumentException("Route parameter {" + inside + "} is not offered");
    }
    List<Predicate<String>> rules = new ArrayList<>();
    for (int i = 1; i < parts.length; i++) {
      rules.add(rule(parts[i]));
    }
    return new Parameter(parts[0], List.copyOf(rules));
  }

  private static Predicate<String> rule(String constraint) {
    int open = constraint.indexOf('(');
    String name = open < 0 ? constraint : constraint.substring(0, open);
    String[] args =
        open < 0
            ? new String[0]
            : constraint.substring(open + 1, constraint.lastIndexOf(')')).split(",", -1);
    return switch (name) {
      case "int" -> value -> between(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case "long" -> value -> between(value, Long.MIN_VALUE, Long.MAX_VALUE);
      case "guid" -> value -> GUID.matcher(value).matches();
      case "bool" -> value -> value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false");
      case "alpha" -> Pattern.compile("[A-Za-z]*").asMatchPredicate();
      case "min" -> value -> between(value, Long.parseLong(args[0]), Long.MAX_VALUE);
      case "max" -> value -> between(value, Long.MIN_VALUE, Long.parseLong(args[0]));
      case "range" ->
          value -> between(value, Long.parseLong(args[0]), Long.parseLong(args[1].strip()));
      case "minlength" -> value -> value.length() >= Integer.parseInt(args[0]);
      case "maxlength" -> value -> value.length() <= Integer.parseInt(args[0]);
      case "length" ->
          value ->
              value.length() >= Integer.parseInt(args[0])
                  && value.length() <= Integer.parseInt(args[args.length - 1].strip());
      // Braces are doubled in a template.
      case "regex" ->
          Pattern.compile(
                  String.join(",", args).replace("{{", "{").replace("}}", "}"),
                  Pattern.CASE_INSENSITIVE)
              .asPredicate();
      default ->
          throw new IllegalArgumentException("Route constraint " + constraint + " is not offered");
    };
  }

  private static boolean between(String value, long low, long high) {
    if (!value.matches("-?[0-9]{1,19}")) {
      return false;
    }
    BigInteger number = new BigInteger(value);
    return number.compareTo(BigInteger.valueOf(low)) >= 0
        && number.compareTo(BigInteger.valueOf(high)) <= 0;
  }
}
