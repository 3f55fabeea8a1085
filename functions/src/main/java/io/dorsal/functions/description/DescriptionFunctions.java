package io.dorsal.functions.description;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import io.dorsal.functions.http.Described;
import io.dorsal.functions.http.Endpoint;
import io.dorsal.functions.http.Json;
import io.dorsal.functions.http.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.stereotype.Component;
import org.springframework.util.ClassUtils;
import org.springframework.util.function.SingletonSupplier;

/** The API's description over HTTP. Thread-safe. */
@Component
public class DescriptionFunctions {

  private final Endpoint endpoint;
  private final Supplier<String> document;

  DescriptionFunctions(Endpoint endpoint, ListableBeanFactory beans) {
    this.endpoint = endpoint;
    this.document = SingletonSupplier.of(() -> Json.write(Description.of(functions(beans))));
  }

  /** OpenAPI 3.1, of exactly what is served here. */
  @Described(answer = Object.class)
  @FunctionName("DescribeApi")
  public HttpResponseMessage describe(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "openapi.json")
          HttpRequestMessage<Optional<String>> request) {
    return endpoint.answerUnsigned(
        request, "openapi.json", () -> Reply.text("application/json", document.get()));
  }

  private static List<Class<?>> functions(ListableBeanFactory beans) {
    List<Class<?>> classes = new ArrayList<>();
    for (String name : beans.getBeanDefinitionNames()) {
      Class<?> type = beans.getType(name, false);
      if (type != null && type.getName().startsWith("io.dorsal.functions.")) {
        classes.add(ClassUtils.getUserClass(type));
      }
    }
    return classes;
  }
}
