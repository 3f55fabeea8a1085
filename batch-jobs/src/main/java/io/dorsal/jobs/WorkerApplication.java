package io.dorsal.jobs;

import io.dorsal.SharedModel;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Import;

/** A worker. With {@code --migrate} it brings the database to this version and ends instead. */
@SpringBootApplication
@ConfigurationPropertiesScan
@Import(SharedModel.class)
public class WorkerApplication {

  /** Starts a worker, or migrates. */
  public static void main(String[] arguments) {
    if (List.of(arguments).contains("--migrate")) {
      // Without Spring Boot nobody else tells the log how to write.
      System.setProperty("logback.configurationFile", "io/dorsal/operations/logging.xml");
      Migration.run(System.getenv());
      return;
    }
    SpringApplication.run(WorkerApplication.class, arguments);
  }
}
