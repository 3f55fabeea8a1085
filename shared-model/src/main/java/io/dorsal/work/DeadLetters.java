package io.dorsal.work;

import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import io.dorsal.access.Caller;
import io.dorsal.operations.Act;
import io.dorsal.operations.AuditCategory;
import io.dorsal.operations.Journal;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Messages that were given up. An administrator sees those of the own tenant, whoever runs the
 * platform sees all without their content; to everybody else they do not exist. Thread-safe.
 */
@Component
public class DeadLetters {

  /** As many of a queue are looked at; behind them stand those that came later. */
  private static final int MOST = 1_000;

  /** What Service Bus adds when it gives a message up. */
  private static final List<String> ADDED =
      List.of("DeadLetterReason", "DeadLetterErrorDescription");

  private final QueueLooks looks;
  private final DeadLetterQueue queues;
  private final RefusedMessages refused;
  private final Journal journal;
  private final TransactionTemplate transaction;

  DeadLetters(
      QueueLooks looks,
      DeadLetterQueue queues,
      RefusedMessages refused,
      Journal journal,
      PlatformTransactionManager transactions) {
    this.looks = looks;
    this.queues = queues;
    this.refused = refused;
    this.journal = journal;
    this.transaction = new TransactionTemplate(transactions);
  }

  /**
   * What the caller may see, by queue and then oldest first.
   *
   * @param queue null for all
   * @throws ProblemException PERMISSION_DENIED, NOT_FOUND where there is no such queue
   */
  public List<DeadLetter> list(Caller caller, @Nullable String queue) {
    caller.requireAdministratorOrOperator("Reading dead letters");
    return QueueSettings.declared().stream()
        .map(QueueSettings::name)
        .filter(name -> queue == null || name.equals(known(queue)))
        .flatMap(name -> looks.deadLetters(name, MOST).stream().map(message -> read(name, message)))
        .filter(letter -> visible(caller, letter))
        .map(letter -> caller.operator() ? letter.withoutContent() : letter)
        .toList();
  }

  /**
   * Sends the message to its queue again, as it was, and takes it away here. Its new message id
   * follows from the old one, so that a second call after a crash brings it once.
   *
   * @throws ProblemException PERMISSION_DENIED, NOT_FOUND where it is not (any more) there
   */
  public void resend(Caller caller, String queue, String id) {
    settle(caller, queue, id, "dead_letter.resent", "RESENT");
  }

  /**
   * Takes the message away for good.
   *
   * @throws ProblemException PERMISSION_DENIED, NOT_FOUND where it is not (any more) there
   */
  public void drop(Caller caller, String queue, String id) {
    settle(caller, queue, id, "dead_letter.dropped", "DROPPED");
  }

  private void settle(Caller caller, String queue, String id, String action, String to) {
    caller.requireAdministratorOrOperator("Settling dead letters");
    // Looking takes no message away from others.
    if (list(caller, queue).stream().noneMatch(letter -> letter.id().equals(id))) {
      throw missing();
    }
    boolean resend = to.equals("RESENT");
    boolean done =
        queues.take(
            known(queue),
            id,
            message -> {
              DeadLetter letter = read(queue, message);
              if (!visible(caller, letter)) {
                return false;
              }
              // The audit first: what cannot be recorded is not done.
              transaction.executeWithoutResult(
                  status -> {
                    record(caller, letter, action, to);
                    if (resend) {
                      queues.send(queue, copy(message));
                    }
                  });
              return true;
            });
    if (!done) {
      throw missing();
    }
  }

  private static ProblemException missing() {
    return new ProblemException(
        GeneralProblem.NOT_FOUND, "There is no such message among the dead letters.");
  }

  private void record(Caller caller, DeadLetter letter, String action, String to) {
    journal.record(
        Act.of(caller, AuditCategory.ADMIN, action)
            .on("dead_letter", null, letter.queue() + "/" + letter.messageId())
            .changing(
                Map.of("state", "DEAD_LETTERED"),
                Map.of("state", to, "tenant_id", String.valueOf(letter.tenantId()))));
  }

  private static ServiceBusMessage copy(ServiceBusReceivedMessage message) {
    var copy = new ServiceBusMessage(message);
    ADDED.forEach(copy.getApplicationProperties()::remove);
    // The old id may still be remembered, and the queue would drop the message.
    copy.setMessageId(message.getMessageId() + ".resent-" + message.getSequenceNumber());
    return copy;
  }

  private DeadLetter read(String queue, ServiceBusReceivedMessage message) {
    String id = message.getMessageId();
    return DeadLetter.of(queue, message, id == null ? null : refused.find(queue, id).orElse(null));
  }

  private static boolean visible(Caller caller, DeadLetter letter) {
    return caller.operator() || Objects.equals(letter.tenantId(), caller.tenantId());
  }

  private static String known(String queue) {
    return QueueSettings.declared().stream()
        .map(QueueSettings::name)
        .filter(queue::equals)
        .findFirst()
        .orElseThrow(
            () -> new ProblemException(GeneralProblem.NOT_FOUND, "There is no such queue."));
  }
}
