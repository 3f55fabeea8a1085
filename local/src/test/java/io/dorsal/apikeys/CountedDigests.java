package io.dorsal.apikeys;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.security.MessageDigest;
import java.security.MessageDigestSpi;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Counts the statements and the SHA-256 digests that a thread makes. */
final class CountedWork {

  private static final ThreadLocal<List<String>> STATEMENTS =
      ThreadLocal.withInitial(ArrayList::new);
  private static final ThreadLocal<Integer> DIGESTS = ThreadLocal.withInitial(() -> 0);

  private CountedWork() {}

  static void begin() {
    STATEMENTS.remove();
    DIGESTS.remove();
  }

  static List<String> statements() {
    return List.copyOf(STATEMENTS.get());
  }

  static int digests() {
    return DIGESTS.get();
  }

  /** No configuration by name: other tests scan this package for those. */
  static class Statements {
    @Bean
    static BeanPostProcessor countedStatements() {
      return new BeanPostProcessor() {
        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
          return bean instanceof DataSource source ? counted(source) : bean;
        }
      };
    }

    private static DelegatingDataSource counted(DataSource source) {
      return new DelegatingDataSource(source) {
        @Override
        public Connection getConnection() throws SQLException {
          return counted(super.getConnection());
        }
      };
    }

    private static Connection counted(Connection connection) {
      return (Connection)
          Proxy.newProxyInstance(
              Connection.class.getClassLoader(),
              new Class<?>[] {Connection.class},
              (proxy, method, arguments) -> {
                switch (method.getName()) {
                  case "prepareStatement" -> STATEMENTS.get().add(String.valueOf(arguments[0]));
                  case "createStatement" -> STATEMENTS.get().add("a statement");
                  default -> {}
                }
                try {
                  return method.invoke(connection, arguments);
                } catch (InvocationTargetException e) {
                  throw Objects.requireNonNull(e.getCause());
                }
              });
    }
  }

  /** Goes before the platform's provider, which then makes the digest. */
  static final class Digests extends Provider {

    static final String NAME = "CountedDigests";
    private static final long serialVersionUID = 1;

    Digests() {
      super(NAME, "1", "Counts digests");
      putService(
          new Service(this, "MessageDigest", "SHA-256", Digest.class.getName(), null, null) {
            @Override
            public Object newInstance(@Nullable Object parameter) throws NoSuchAlgorithmException {
              return new Digest();
            }
          });
    }
  }

  private static final class Digest extends MessageDigestSpi {

    private final MessageDigest platform;

    Digest() throws NoSuchAlgorithmException {
      try {
        platform = MessageDigest.getInstance("SHA-256", "SUN");
      } catch (java.security.NoSuchProviderException e) {
        throw new NoSuchAlgorithmException(e);
      }
    }

    @Override
    protected void engineUpdate(byte input) {
      platform.update(input);
    }

    @Override
    protected void engineUpdate(byte[] input, int offset, int length) {
      platform.update(input, offset, length);
    }

    @Override
    protected byte[] engineDigest() {
      DIGESTS.set(DIGESTS.get() + 1);
      return platform.digest();
    }

    @Override
    protected void engineReset() {
      platform.reset();
    }
  }
}
