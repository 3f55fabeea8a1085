package io.dorsal.problem;

/**
 * One field that breaks a rule.
 *
 * @param field its name
 * @param pointer its place in the body, RFC 6901
 * @param code the rule, upper snake case
 * @param message one sentence for the person who typed it
 */
public record FieldError(String field, String pointer, String code, String message) {}
