package io.dorsal.functions.access;

import io.dorsal.access.Tokens;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Fetches the identity provider's keys when the app starts: what is wrong about its address stands
 * in the log then, and the first caller does not wait.
 */
@Component
class KeysAtStart {

  private final Tokens tokens;

  KeysAtStart(Tokens tokens) {
    this.tokens = tokens;
  }

  @EventListener(ContextRefreshedEvent.class)
  void fetch() {
    Thread.ofPlatform().daemon().name("keys-at-start").start(tokens::keysAreHeld);
  }
}
