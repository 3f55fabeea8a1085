package io.dorsal.functions;

import io.dorsal.SharedModel;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Import;

/**
 * The Spring application behind every trigger. The Functions adapter finds it by the jar's {@code
 * Start-Class} entry and starts it at the first call; it is never run by a {@code main}.
 */
@SpringBootApplication
@Import(SharedModel.class)
public class FunctionsApplication {}
