package io.dorsal.local.host;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.EventGridTrigger;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import com.microsoft.azure.functions.annotation.ServiceBusQueueTrigger;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Functions of every kind for the host's tests, which package them as a jar: this class runs in the
 * app's class loader, so what it saw is asked for over HTTP.
 */
public class SampleFunctions {

  private static final ConcurrentLinkedQueue<String> SEEN = new ConcurrentLinkedQueue<>();

  @FunctionName("Echo")
  public HttpResponseMessage echo(
      @HttpTrigger(name = "request", route = "things/{id:guid}/echo")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id,
      ExecutionContext context) {
    String text =
        String.join(
            "|",
            request.getHttpMethod().toString(),
            id,
            request.getQueryParameters().getOrDefault("q", "-"),
            request.getHeaders().getOrDefault("x-many", "-"),
            request.getBody().orElse("-"),
            context.getFunctionName(),
            context.getTraceContext().getTraceparent());
    return request
        .createResponseBuilder(HttpStatus.CREATED)
        .header("X-Loader", String.valueOf(getClass().getClassLoader().getName()))
        .body(text)
        .build();
  }

  @FunctionName("Special")
  public String special(@HttpTrigger(name = "request") HttpRequestMessage<String> request) {
    return "special";
  }

  @FunctionName("Thing")
  public String thing(
      @HttpTrigger(name = "request") HttpRequestMessage<String> request,
      @BindingName("id") String id) {
    return "thing " + id;
  }

  @FunctionName("Bytes")
  public HttpResponseMessage bytes(
      @HttpTrigger(name = "request") HttpRequestMessage<Optional<byte[]>> request) {
    return request
        .createResponseBuilder(HttpStatus.OK)
        .body(request.getBody().orElse(new byte[0]))
        .build();
  }

  @FunctionName("Broken")
  public HttpResponseMessage broken(
      @HttpTrigger(name = "request") HttpRequestMessage<String> request) {
    throw new IllegalStateException("a defect with inner details");
  }

  @FunctionName("Slow")
  public String slow(@HttpTrigger(name = "request") HttpRequestMessage<String> request)
      throws InterruptedException {
    Thread.sleep(1500);
    return "done";
  }

  @FunctionName("Seen")
  public String seen(@HttpTrigger(name = "request") HttpRequestMessage<String> request) {
    return String.join("\n", SEEN);
  }

  @FunctionName("Tick")
  public void tick(@TimerTrigger(name = "timer", schedule = "%TICK%") String timer) {
    SEEN.add("tick " + timer);
  }

  @FunctionName("Event")
  public void event(@EventGridTrigger(name = "event") String event) {
    if (event.contains("poison")) {
      throw new IllegalStateException("poison");
    }
    SEEN.add("event " + event);
  }

  @FunctionName("Message")
  public void message(
      @ServiceBusQueueTrigger(name = "body", queueName = "%QUEUE%", connection = "BUS") byte[] body,
      @BindingName("MessageId") String id,
      @BindingName("DeliveryCount") int delivery,
      @BindingName("CorrelationId") String correlation,
      @BindingName("ApplicationProperties") Map<String, Object> properties,
      ExecutionContext context)
      throws InterruptedException {
    String text = new String(body, StandardCharsets.UTF_8);
    SEEN.add(
        "message "
            + String.join("|", text, id, "" + delivery, "" + correlation)
            + "|"
            + properties.get("tenant_id")
            + "|"
            + context.getTraceContext().getTraceparent());
    if (text.startsWith("poison")) {
      throw new IllegalStateException("poison");
    }
    if (text.startsWith("slow")) {
      Thread.sleep(Long.parseLong(text.substring(5)));
      SEEN.add("finished " + id);
    }
  }
}
