package io.dorsal.jobs;

import io.dorsal.local.stack.StackOptions;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives all classes that name it one stack with every setting as shipped, tidied before each test:
 * a stack takes a quarter of a minute to start.
 */
final class SharedStack implements ParameterResolver, BeforeEachCallback {

  private static final Namespace HERE = Namespace.create(SharedStack.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == ScanFixture.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return shared(context);
  }

  @Override
  public void beforeEach(ExtensionContext context) throws Exception {
    shared(context).tidy();
  }

  /** JUnit closes it after the last class: surefire runs each class by itself, in one session. */
  private static ScanFixture shared(ExtensionContext context) {
    return context
        .getStore(StoreScope.LAUNCHER_SESSION, HERE)
        .computeIfAbsent(ScanFixture.class, type -> started(), ScanFixture.class);
  }

  private static ScanFixture started() {
    try {
      return ScanFixture.start(UnaryOperator.<StackOptions>identity());
    } catch (Exception e) {
      throw new IllegalStateException("The stack did not start", e);
    }
  }
}
