package io.dorsal.local.servicebus;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dorsal.local.servicebus.Settlement.Result;
import io.dorsal.work.QueueSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.message.Message;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules of a queue that take too long, or are too rare, to be seen through the SDK. */
class MessageQueueTests {

  private static final QueueSettings SETTINGS =
      new QueueSettings("q", Duration.ofSeconds(30), 2, Duration.ofMinutes(10));

  private final ArrayDeque<Runnable> later = new ArrayDeque<>();
  private final List<StoreFailedException> failures = new ArrayList<>();
  private Instant now = Instant.parse("2026-06-01T10:00:00Z");
  @TempDir private Path directory = Path.of("");
  private @Nullable MessageStore store;
  private @Nullable Broker broker;

  @BeforeEach
  void open() {
    store = MessageStore.open(directory.resolve("bus.db"));
    var turn = new Turn(store, later::add, failures::add);
    broker = new Broker(List.of(SETTINGS), store, turn, () -> now);
  }

  @AfterEach
  void close() {
    requireNonNull(store).close();
  }

  @Test
  void idIsFreeAgainAfterTheWindow() {
    long first = send("a", "id");
    now = now.plus(Duration.ofMinutes(9));
    assertThat(send("b", "id")).isEqualTo(first);
    now = now.plus(Duration.ofMinutes(1));
    endTurn();

    assertThat(send("c", "id")).isGreaterThan(first);
    reopen();
    assertThat(send("d", "id")).isEqualTo(queue().peek(0, 10, now).getLast().sequence);
  }

  @Test
  void numbersGoOnAfterEverythingWasTaken() {
    var taker = taker(true, 1);
    long first = send("a", null);
    endTurn();
    assertThat(taker.messages).hasSize(1);
    assertThat(queue().peek(0, 10, now)).isEmpty();
    reopen();

    assertThat(send("b", null)).isGreaterThan(first);
  }

  @Test
  void releasedDeliveryDoesNotCountButExpiredOnesEndInTheDeadLetterQueue() {
    var taker = taker(false, 10);
    send("a", null);
    endTurn();
    assertThat(queue().settle(taker.lastToken(), new Settlement.Release(), now))
        .isEqualTo(Result.SETTLED);
    endTurn();
    assertThat(taker.counts).containsExactly(0, 0);

    expireLock();
    assertThat(taker.counts).containsExactly(0, 0, 1);
    expireLock();

    assertThat(taker.counts).hasSize(3);
    assertThat(queue().peek(0, 10, now)).isEmpty();
    assertThat(deadLetters().peek(0, 10, now)).hasSize(1);
    reopen();
    assertThat(deadLetters().peek(0, 10, now)).hasSize(1);
  }

  @Test
  void messageForALostConnectionGoesToTheNextReceiverUncounted() {
    var lost = taker(false, 1);
    lost.gone = true;
    send("a", null);
    endTurn();
    var next = taker(false, 1);
    endTurn();

    assertThat(lost.messages).isEmpty();
    assertThat(next.counts).containsExactly(0);
  }

  @Test
  void receiversTakeTurns() {
    var one = taker(false, 3);
    var two = taker(false, 10);
    for (int i = 0; i < 8; i++) {
      send("m" + i, null);
    }
    endTurn();

    assertThat(one.messages).hasSize(3);
    assertThat(two.messages).hasSize(5);
  }

  @Test
  void nothingIsAnsweredOnceTheFileFailed() {
    var answers = new ArrayList<String>();
    requireNonNull(store).close();
    assertThatThrownBy(() -> send("a", null)).isInstanceOf(StoreFailedException.class);
    requireNonNull(broker).turn().afterCommit(() -> answers.add("accepted"));
    runLater();

    assertThat(answers).isEmpty();
    assertThat(failures).hasSize(1);
    open();
  }

  @Test
  void garbageIsRefused() {
    byte[] garbage = "no AMQP".getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> AmqpMessages.unpack(garbage, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> AmqpMessages.unpack(garbage, AmqpMessages.BATCH_FORMAT))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void lockTokenIsADotNetGuid() {
    byte[] tag = LockToken.deliveryTag(UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"));

    assertThat(tag)
        .containsExactly(
            0x33, 0x22, 0x11, 0x00, 0x55, 0x44, 0x77, 0x66, 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd,
            0xee, 0xff);
  }

  private long send(String body, @Nullable String id) {
    Message message = Message.Factory.create();
    message.setMessageId(id);
    message.setBody(new Data(new Binary(body.getBytes(StandardCharsets.UTF_8))));
    return queue().enqueue(AmqpMessages.incoming(AmqpMessages.encode(message)), now);
  }

  private void expireLock() {
    now = now.plus(SETTINGS.lockDuration());
    endTurn();
  }

  private void endTurn() {
    requireNonNull(broker).tick();
    runLater();
  }

  private void runLater() {
    while (!later.isEmpty()) {
      later.remove().run();
    }
  }

  private void reopen() {
    endTurn();
    close();
    open();
  }

  private MessageQueue queue() {
    return requireNonNull(requireNonNull(broker).find("Q"));
  }

  private MessageQueue deadLetters() {
    return requireNonNull(requireNonNull(broker).find("q/$DeadLetterQueue"));
  }

  private Taker taker(boolean deletes, int credit) {
    var taker = new Taker(deletes, credit);
    queue().add(taker);
    return taker;
  }

  private static final class Taker implements Recipient {

    private final boolean deletes;
    private final List<StoredMessage> messages = new ArrayList<>();
    private final List<Integer> counts = new ArrayList<>();
    private @Nullable UUID lastToken;
    private int credit;
    private boolean gone;

    private Taker(boolean deletes, int credit) {
      this.deletes = deletes;
      this.credit = credit;
    }

    private UUID lastToken() {
      return requireNonNull(lastToken);
    }

    @Override
    public boolean hasCredit() {
      return credit > 0;
    }

    @Override
    public boolean deletesOnReceive() {
      return deletes;
    }

    @Override
    public void reserve() {
      credit--;
    }

    @Override
    public boolean send(StoredMessage message, @Nullable UUID token) {
      if (!gone) {
        messages.add(message);
        counts.add(message.failedDeliveries);
        lastToken = token;
      }
      return !gone;
    }
  }
}
