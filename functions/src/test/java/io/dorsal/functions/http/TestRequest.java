package io.dorsal.functions.http;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.HttpStatusType;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A request as the worker hands it on. */
public record TestRequest(
    Map<String, String> headers, Map<String, String> query, Optional<String> body)
    implements HttpRequestMessage<Optional<String>> {

  public static TestRequest withHeaders(Map<String, String> headers) {
    return new TestRequest(headers, Map.of(), Optional.empty());
  }

  public static TestRequest withQuery(Map<String, String> query) {
    return new TestRequest(Map.of(), query, Optional.empty());
  }

  public static TestRequest withBody(String contentType, String body) {
    return new TestRequest(Map.of("content-type", contentType), Map.of(), Optional.of(body));
  }

  @Override
  public URI getUri() {
    return URI.create("http://127.0.0.1/api/v1/things?sig=hidden");
  }

  @Override
  public HttpMethod getHttpMethod() {
    return HttpMethod.GET;
  }

  @Override
  public Map<String, String> getHeaders() {
    return headers;
  }

  @Override
  public Map<String, String> getQueryParameters() {
    return query;
  }

  @Override
  public Optional<String> getBody() {
    return body;
  }

  @Override
  public HttpResponseMessage.Builder createResponseBuilder(HttpStatus status) {
    return new Reply(status);
  }

  @Override
  public HttpResponseMessage.Builder createResponseBuilder(HttpStatusType status) {
    return new Reply(status);
  }

  private static final class Reply implements HttpResponseMessage, HttpResponseMessage.Builder {
    private final HttpStatusType status;
    private final Map<String, String> headers = new HashMap<>();
    private Object body = "";

    Reply(HttpStatusType status) {
      this.status = status;
    }

    @Override
    public HttpStatusType getStatus() {
      return status;
    }

    @Override
    public String getHeader(String key) {
      return Objects.requireNonNull(headers.get(key));
    }

    @Override
    public Object getBody() {
      return body;
    }

    @Override
    public Builder status(HttpStatusType ignored) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Builder header(String key, String value) {
      headers.put(key, value);
      return this;
    }

    @Override
    public Builder body(Object newBody) {
      body = newBody;
      return this;
    }

    @Override
    public HttpResponseMessage build() {
      return this;
    }
  }
}
