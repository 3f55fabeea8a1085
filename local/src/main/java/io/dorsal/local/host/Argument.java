package io.dorsal.local.host;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.EventGridTrigger;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import com.microsoft.azure.functions.annotation.ServiceBusQueueTrigger;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import java.lang.annotation.Annotation;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** How one parameter of a function gets its value. Thread-safe. */
sealed interface Argument {

  @Nullable Object value(String function, Invocation invocation);

  /** The {@link ExecutionContext}. */
  record Context() implements Argument {
    @Override
    public Object value(String function, Invocation invocation) {
      return invocation.context(function);
    }
  }

  /** What the trigger brought, as the parameter's type. */
  record Trigger(Type type) implements Argument {
    @Override
    public @Nullable Object value(String function, Invocation invocation) {
      return switch (invocation.payload()) {
        case Invocation.Payload.Http(HttpCall call) -> new HttpRequest(call, body(call.body()));
        case Invocation.Payload.Message(Body body) -> body(body);
      };
    }

    private @Nullable Object body(Body body) {
      if (type instanceof ParameterizedType optional) {
        return body.isEmpty()
            ? Optional.empty()
            : Optional.of(plain(optional.getActualTypeArguments()[0], body));
      }
      return plain(type, body);
    }

    private static Object plain(Type type, Body body) {
      return type == byte[].class ? body.bytes() : body.toString();
    }
  }

  /** A named particular of the trigger. */
  record Metadata(String name, Type type) implements Argument {
    @Override
    public @Nullable Object value(String function, Invocation invocation) {
      if (!invocation.metadata().containsKey(name)) {
        // The worker fails likewise, so a missing query parameter must be read from the request.
        throw new IllegalStateException("Cannot find matched @BindingName " + name);
      }
      Object value = invocation.metadata().get(name);
      if (value == null || (type instanceof Class<?> known && known.isInstance(value))) {
        return value;
      }
      if (type == String.class) {
        return value instanceof Map ? JsonMapper.shared().writeValueAsString(value) : "" + value;
      }
      var mapper = JsonMapper.shared();
      return mapper.convertValue(value, mapper.constructType(type));
    }
  }

  /**
   * How this parameter gets its value.
   *
   * @throws IllegalStateException if the parameter is of a kind or type that is not offered
   */
  static Argument of(Parameter parameter, io.dorsal.local.host.Trigger trigger) {
    Type type = parameter.getParameterizedType();
    if (parameter.getType() == ExecutionContext.class) {
      return new Context();
    }
    BindingName metadata = parameter.getAnnotation(BindingName.class);
    if (metadata != null) {
      return new Metadata(metadata.value(), type);
    }
    if (!trigger.parameter().equals(triggerName(parameter))) {
      throw new IllegalStateException("parameter " + parameter + " is bound to nothing");
    }
    Type body = trigger instanceof io.dorsal.local.host.Trigger.Http ? requestBody(type) : type;
    if (!isText(body)) {
      // The worker would convert with gson before our code runs, and its failure is a bare 500.
      throw new IllegalStateException(
          "parameter " + parameter + " must be String or byte[], alone or Optional");
    }
    return new Trigger(body);
  }

  private static Type requestBody(Type type) {
    if (type instanceof ParameterizedType request
        && request.getRawType() == HttpRequestMessage.class) {
      return request.getActualTypeArguments()[0];
    }
    throw new IllegalStateException(
        "an HTTP trigger binds HttpRequestMessage<…>, not " + type.getTypeName());
  }

  private static boolean isText(Type type) {
    return type == String.class
        || type == byte[].class
        || (type instanceof ParameterizedType optional
            && optional.getRawType() == Optional.class
            && isText(optional.getActualTypeArguments()[0]));
  }

  private static @Nullable String triggerName(Parameter parameter) {
    for (Annotation annotation : parameter.getAnnotations()) {
      switch (annotation) {
        case HttpTrigger http -> {
          return http.name();
        }
        case ServiceBusQueueTrigger queue -> {
          return queue.name();
        }
        case TimerTrigger timer -> {
          return timer.name();
        }
        case EventGridTrigger grid -> {
          return grid.name();
        }
        default -> {}
      }
    }
    return null;
  }
}
