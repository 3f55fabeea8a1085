package io.dorsal.functions;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * The Spring application behind every trigger. The Functions adapter finds it by the jar's {@code
 * Start-Class} entry and starts it at the first call; it is never run by a {@code main}.
 */
@SpringBootApplication
public class FunctionsApplication {}
