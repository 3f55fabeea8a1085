package io.dorsal.local.host;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.HttpStatusType;
import java.net.URI;
import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request as the function sees it; the body is of the type its parameter names. */
@SuppressWarnings("NullAway") // The API is unannotated; an absent plain body is null there too.
record HttpRequest(HttpCall call, @Nullable Object body) implements HttpRequestMessage<Object> {

  @Override
  public URI getUri() {
    return call.uri();
  }

  @Override
  public HttpMethod getHttpMethod() {
    return HttpMethod.value(call.method());
  }

  @Override
  public Map<String, String> getHeaders() {
    return Collections.unmodifiableMap(call.headers());
  }

  @Override
  public Map<String, String> getQueryParameters() {
    return Collections.unmodifiableMap(call.query());
  }

  @Override
  public Object getBody() {
    return body;
  }

  @Override
  public HttpResponseMessage.Builder createResponseBuilder(HttpStatus status) {
    return new HttpReply(status);
  }

  @Override
  public HttpResponseMessage.Builder createResponseBuilder(HttpStatusType status) {
    return new HttpReply(status);
  }
}
