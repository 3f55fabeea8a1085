package io.dorsal.jobs.edge;

import io.dorsal.access.Tokens;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Fetches the identity provider's keys when the edge starts: what is wrong about its address stands
 * in the log then, and the first caller does not wait.
 */
@Component
@Profile("edge")
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
