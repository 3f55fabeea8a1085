package io.dorsal.webhooks;

import io.dorsal.problem.Problem;

/** Refusals about webhooks. */
public enum WebhookProblem implements Problem {
  WEBHOOK_URL_REFUSED("The address is not called.", "Use a public https address.");

  private final String title;
  private final String fix;

  WebhookProblem(String title, String fix) {
    this.title = title;
    this.fix = fix;
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public String fix() {
    return fix;
  }
}
