package io.dorsal.access;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * A pooled connection that asks in one name. A tenant's is set within each transaction, never for
 * the session, so that neither a pool nor a transaction pooler carries it on; a statement outside
 * of a transaction becomes one of its own, committed before its result is given. Not thread-safe.
 */
final class TenancyConnection implements InvocationHandler {

  /** With the trace of the work, so that what the server logs of slow queries names the click. */
  private static final String SET_TENANT =
      "select set_config('app.tenant_id', ?, true), set_config('application_name', ?, true)";

  private final Connection pooled;
  private final @Nullable Tenancy name;
  private boolean autoCommit = true;
  private boolean begun;

  private TenancyConnection(Connection pooled, @Nullable Tenancy name) {
    this.pooled = pooled;
    this.name = name;
  }

  /**
   * @param name null for nobody
   */
  static Connection of(Connection pooled, @Nullable Tenancy name) {
    return proxy(Connection.class, new TenancyConnection(pooled, name));
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    ClassLoader loader = TenancyConnection.class.getClassLoader();
    return type.cast(Proxy.newProxyInstance(loader, new Class<?>[] {type}, handler));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] given)
      throws Throwable {
    switch (method.getName()) {
      case "createStatement", "prepareStatement", "prepareCall" -> {
        return statement(method, given);
      }
      case "setSavepoint" -> beginInTransaction();
      case "getAutoCommit" -> {
        return autoCommit;
      }
      case "setAutoCommit" -> {
        endStatement();
        autoCommit = (boolean) Objects.requireNonNull(Objects.requireNonNull(given)[0]);
        begun = begun && !autoCommit;
      }
      case "commit" -> begun = false;
      case "rollback" -> begun = begun && given != null;
      case "close" -> endStatement();
      case "equals" -> {
        return proxy == Objects.requireNonNull(given)[0];
      }
      case "hashCode" -> {
        return System.identityHashCode(proxy);
      }
      default -> {}
    }
    return call(pooled, method, given);
  }

  private @Nullable Object statement(Method method, @Nullable Object @Nullable [] given)
      throws Throwable {
    requireSameName();
    beginInTransaction();
    Object made = call(pooled, method, given);
    if (!autoCommit || tenant().isEmpty()) {
      return made;
    }
    Statement statement = (Statement) Objects.requireNonNull(made);
    return proxy(
        method.getReturnType(),
        (proxy, called, arguments) ->
            called.getName().startsWith("execute")
                ? executed(statement, called, arguments)
                : call(statement, called, arguments));
  }

  /** One statement outside of a transaction. */
  private @Nullable Object executed(
      Statement statement, Method method, @Nullable Object @Nullable [] given) throws Throwable {
    requireSameName();
    pooled.setAutoCommit(false);
    try {
      begin();
      Object result = call(statement, method, given);
      // A result fetched in parts is read from within the transaction.
      if (statement.getFetchSize() == 0) {
        endStatement();
      }
      return result;
    } catch (SQLException e) {
      undo(e);
      throw e;
    }
  }

  private void undo(SQLException failure) {
    begun = false;
    try {
      pooled.rollback();
      pooled.setAutoCommit(true);
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }

  private void endStatement() throws SQLException {
    if (autoCommit && begun) {
      begun = false;
      pooled.commit();
      pooled.setAutoCommit(true);
    }
  }

  private void beginInTransaction() throws SQLException {
    if (!autoCommit) {
      begin();
    }
  }

  private void begin() throws SQLException {
    Optional<String> tenant = tenant();
    if (begun || tenant.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = pooled.prepareStatement(SET_TENANT)) {
      statement.setString(1, tenant.get());
      statement.setString(2, "dorsal:" + Objects.requireNonNullElse(MDC.get("trace_id"), "-"));
      statement.execute();
    }
    begun = true;
  }

  private Optional<String> tenant() {
    return name instanceof Tenancy.OfTenant(var id) ? Optional.of(id.toString()) : Optional.empty();
  }

  private void requireSameName() {
    @Nullable Tenancy now = Tenancy.CURRENT.isBound() ? Tenancy.CURRENT.get() : null;
    if (!Objects.equals(name, now)) {
      throw new IllegalStateException(
          "What began in the name of " + said(name) + " goes on in the name of " + said(now) + ".");
    }
  }

  private static String said(@Nullable Tenancy name) {
    return name == null ? "nobody" : name.toString();
  }

  private static @Nullable Object call(
      Object target, Method method, @Nullable Object @Nullable [] given) throws Throwable {
    try {
      return method.invoke(target, given);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
