package io.dorsal.access;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Writes down what a thread asks of the database. No configuration by name: others scan here. */
public final class StatementsForTests {

  private static final ThreadLocal<@Nullable List<String>> ASKED = new ThreadLocal<>();

  private StatementsForTests() {}

  /** The statements that the work makes and how its transactions end, in their order. */
  public static List<String> of(Runnable work) {
    List<String> asked = new ArrayList<>();
    ASKED.set(asked);
    try {
      work.run();
    } finally {
      ASKED.remove();
    }
    return asked;
  }

  /** Records the database of the rooms that it is given to. */
  public static class Recorded {
    @Bean
    static BeanPostProcessor recordedDatabase() {
      return new BeanPostProcessor() {
        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
          return bean instanceof DataSource database ? recorded(database) : bean;
        }
      };
    }
  }

  private static DataSource recorded(DataSource database) {
    return new DelegatingDataSource(database) {
      @Override
      public Connection getConnection() throws SQLException {
        return recorded(super.getConnection());
      }
    };
  }

  private static Connection recorded(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            StatementsForTests.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              List<String> asked = ASKED.get();
              String name = method.getName();
              if (asked != null && name.matches("prepare.+|createStatement|commit|rollback")) {
                asked.add(name + (arguments == null ? "" : " " + arguments[0]));
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
              }
            });
  }
}
