package io.dorsal.local.host;

import java.util.Set;

/** What starts a function, as its {@code function.json} says; {@code %NAME%} already resolved. */
sealed interface Trigger {

  /** The binding's name, which the method's parameter repeats in its annotation. */
  String parameter();

  /**
   * An HTTP request.
   *
   * @param route the template below the route prefix
   * @param methods upper case; empty means every method
   */
  record Http(String parameter, String route, Set<String> methods) implements Trigger {}

  /**
   * A message of a Service Bus queue.
   *
   * @param connection the name of the setting that holds the connection string, never the string
   */
  record Queue(String parameter, String queue, String connection) implements Trigger {}

  /**
   * A moment of a schedule.
   *
   * @param schedule six fields, seconds first, in UTC
   */
  record Timer(String parameter, String schedule, boolean runOnStartup) implements Trigger {}

  /** An event delivered to the webhook. */
  record EventGrid(String parameter) implements Trigger {}
}
