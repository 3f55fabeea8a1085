package io.dorsal.functions.http;

import io.dorsal.problem.ErrorCode;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a function takes and answers, for the description of the API. What every call may meet
 * (credentials, roles, limits, defects) is not repeated: it follows from its row of {@link
 * Permissions}, its path and the members here. Tests hold every answer against it.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Described {

  /** The status where all went well. */
  int status() default 200;

  /** The record that the body is bound to; {@code void} for none. */
  Class<?> body() default void.class;

  /** The record that is answered, or that the items of a page are; {@code void} for none. */
  Class<?> answer() default void.class;

  /** Whether the answer is a page of a list. */
  boolean page() default false;

  /** The highest {@code limit}; 0 where the call takes no {@code limit} and {@code cursor}. */
  int most() default 0;

  /** What else may be answered where all went well; without a body. */
  int[] also() default {};

  /** Other statuses that come with the same answer. */
  int[] alike() default {};

  /** The content type of an answer that is no JSON. */
  String type() default "application/json";

  /** Whether the answer has the version as {@code ETag}. */
  boolean tagged() default false;

  /** Whether the call needs {@code If-Match}. */
  boolean ifMatch() default false;

  /** Whether the call needs {@code Idempotency-Key}. */
  boolean onceOnly() default false;

  /** What it reads from the query besides {@code limit} and {@code cursor}. */
  Param[] query() default {};

  /** What else it may be refused with. */
  ErrorCode[] problems() default {};

  /** A query parameter; all are optional. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target({})
  @interface Param {
    String name();

    /** An enum, or one of String, UUID, Boolean, Integer, Double, Instant, LocalDateTime. */
    Class<?> type() default String.class;
  }

  /** Names the route of a method that only describes what the edge serves. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.METHOD)
  @interface OnEdge {
    String value();
  }
}
