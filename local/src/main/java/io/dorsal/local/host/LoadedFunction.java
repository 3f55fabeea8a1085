package io.dorsal.local.host;

import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A function ready to be called, by any number of threads at once. */
final class LoadedFunction {

  private final FunctionDescription description;
  private final Class<?> type;
  private final Method method;
  private final List<Argument> arguments;
  private final FunctionInstanceInjector injector;

  private LoadedFunction(
      FunctionDescription description,
      Class<?> type,
      Method method,
      List<Argument> arguments,
      FunctionInstanceInjector injector) {
    this.description = description;
    this.type = type;
    this.method = method;
    this.arguments = List.copyOf(arguments);
    this.injector = injector;
  }

  /**
   * Finds the method and how each of its parameters is bound.
   *
   * @throws IllegalStateException naming the function and why it cannot be offered
   */
  static LoadedFunction load(
      FunctionDescription description, ClassLoader loader, FunctionInstanceInjector injector) {
    try {
      // Not initialized here: like the worker, the first call pays for that.
      Class<?> type = Class.forName(description.className(), false, loader);
      List<Method> candidates =
          Arrays.stream(type.getMethods())
              .filter(method -> method.getName().equals(description.methodName()))
              .filter(method -> method.getDeclaringClass() == type && !method.isBridge())
              .toList();
      if (candidates.size() != 1) {
        throw new IllegalStateException(
            candidates.size() + " public methods are named " + description.methodName());
      }
      Method method = candidates.getFirst();
      List<Argument> arguments =
          Arrays.stream(method.getParameters())
              .map(parameter -> Argument.of(parameter, description.trigger()))
              .toList();
      return new LoadedFunction(description, type, method, arguments, injector);
    } catch (ClassNotFoundException | IllegalStateException e) {
      throw new IllegalStateException(description.name() + ": " + e.getMessage(), e);
    }
  }

  String name() {
    return description.name();
  }

  Trigger trigger() {
    return description.trigger();
  }

  boolean returnsNothing() {
    return method.getReturnType() == void.class;
  }

  /**
   * Calls the function on this thread with the app's class loader as context.
   *
   * @throws Exception whatever the function threw
   */
  @Nullable Object call(Invocation invocation) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(type.getClassLoader());
    try {
      List<@Nullable Object> values = new ArrayList<>(arguments.size());
      for (Argument argument : arguments) {
        values.add(argument.value(name(), invocation));
      }
      Object instance =
          Modifier.isStatic(method.getModifiers()) ? null : injector.getInstance(type);
      return method.invoke(instance, values.toArray());
    } catch (InvocationTargetException e) {
      switch (e.getCause()) {
        case Exception cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw e;
      }
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
