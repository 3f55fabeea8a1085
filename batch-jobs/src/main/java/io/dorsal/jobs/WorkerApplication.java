package io.dorsal.jobs;

import io.dorsal.SharedModel;
import io.dorsal.StartSettings;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Import;

/**
 * A worker. With {@code --migrate} it brings the database to this version and ends instead; with
 * {@code --appoint-operator ISSUER SUBJECT} it makes that person an operator and ends. Exit code
 * 78: a setting is missing or wrong; stderr names it.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
@Import(SharedModel.class)
public class WorkerApplication {

  private static final String LOGGING = "logback.configurationFile";
  private static final List<String> DATABASE =
      List.of("DORSAL_DATABASE_URL", "DORSAL_MIGRATE_DATABASE_PASSWORD");

  /** Starts a worker, or migrates. */
  public static void main(String[] arguments) {
    // Until Spring Boot takes over nobody else tells the log how to write.
    System.setProperty(LOGGING, "io/dorsal/operations/logging.xml");
    List<String> given = List.of(arguments);
    boolean migrate = given.contains("--migrate");
    boolean appoint = given.contains(Appointment.OPTION);
    var fault =
        StartSettings.fault(
            System.getenv(),
            migrate || appoint ? DATABASE : StartSettings.required(System.getenv()),
            WorkerApplication.class.getPackageName());
    if (fault.isPresent()) {
      System.err.println("Dorsal worker: " + fault.get());
      System.exit(StartSettings.EXIT_CODE);
    }
    if (migrate) {
      Migration.run(System.getenv());
      return;
    }
    if (appoint) {
      if (!Appointment.run(given, System.getenv())) {
        System.err.println("Dorsal worker: " + Appointment.OPTION + " ISSUER SUBJECT");
        System.exit(64);
      }
      return;
    }
    System.clearProperty(LOGGING);
    SpringApplication.run(WorkerApplication.class, arguments);
  }
}
