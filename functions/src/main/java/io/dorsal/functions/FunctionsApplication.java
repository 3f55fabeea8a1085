package io.dorsal.functions;

import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * The Spring application behind every trigger. The Functions adapter finds it by the jar's {@code
 * Start-Class} entry and starts it at the first call; it is never run by a {@code main}. The rooms
 * of shared-model lie beside this package, so both are searched.
 */
@SpringBootApplication(scanBasePackages = "io.dorsal")
@AutoConfigurationPackage(basePackages = "io.dorsal")
public class FunctionsApplication {}
