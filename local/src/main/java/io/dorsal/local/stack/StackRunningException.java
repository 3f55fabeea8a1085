package io.dorsal.local.stack;

/** A stack runs in this directory already. */
public final class StackRunningException extends IllegalStateException {

  StackRunningException(StackDirectory directory) {
    super("The stack is running already in " + directory.root() + ". End it with ./dorsal down.");
  }
}
