package io.dorsal.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobContainerClientBuilder;
import com.azure.storage.blob.models.BlobItem;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import io.dorsal.local.oidc.TokenRequest;
import io.dorsal.local.oidc.Tokens;
import io.dorsal.local.process.ProcessIdentity;
import io.dorsal.local.process.SupervisedProcess;
import io.dorsal.local.storage.FaultRule;
import io.dorsal.local.storage.StorageAccounts;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The stack with real PostgreSQL, Azurite, gateway and OIDC, and stand-ins for the processes of
 * ours.
 */
@SuppressWarnings("NullAway.Init")
class LocalStackIntegrationTests {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir static Path directory;
  static LocalStack stack;

  @BeforeAll
  static void start() throws Exception {
    stack = LocalStack.start(options(), step -> {});
  }

  @AfterAll
  static void close() throws Exception {
    List<ProcessIdentity> running =
        stack.processes().stream().flatMap(process -> process.identity().stream()).toList();
    stack.close();
    assertThat(running).isNotEmpty().allSatisfy(process -> assertThat(process.find()).isEmpty());
    assertThat(directory.resolve("stack.json")).doesNotExist();
  }

  @AfterEach
  void clearGateway() {
    stack.gateway().faults().clear();
  }

  @Test
  void stackJsonNamesEverythingAndIsPrivate() throws Exception {
    StackState state = StackState.read(stack.directory()).orElseThrow();
    assertThat(state.state()).isEqualTo(StackState.Phase.RUNNING);
    assertThat(state.supervised()).isTrue();
    assertThat(state.api()).isEqualTo(stack.api());
    assertThat(state.storage().source()).isEqualTo(state.storage().gateway() + "/source");
    assertThat(state.workers()).containsKey("worker-1");
    assertThat(state.processes())
        .extracting(StackState.Part::name)
        .startsWith("postgres", "azurite", "servicebus", "functions", "worker-1");
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(stack.directory().state())))
        .isEqualTo("rw-------");
  }

  @Test
  void secondStackInTheSameDirectoryIsRefused() {
    assertThatThrownBy(() -> LocalStack.start(options(), step -> {}))
        .isInstanceOf(StackRunningException.class)
        .hasMessageContaining("running already");
  }

  @Test
  void killedPostgresComesBackOnItsPortWithWhatWasCommitted() throws Exception {
    String url = stack.jdbcUrl();
    String owner =
        stack.database().jdbcUrl()
            + "?currentSchema=kept&user=dorsal_migrate&password="
            + stack.database().roles().migrate();
    execute(owner, "create schema kept");
    execute(owner, "create table kept as select generate_series(1, 1000) as n");
    long before = stack.process("postgres").pid().orElseThrow();

    stack.kill("postgres");
    awaitAnotherProcess("postgres", before);

    assertThat(count(owner, "select count(*) from kept")).isEqualTo(1000);
    assertThat(stack.jdbcUrl()).isEqualTo(url);
  }

  @Test
  void killedAzuriteComesBackOnItsPort() throws Exception {
    BlobContainerClient container = stack.container(StorageAccounts.STORE, "after-kill");
    long before = stack.process("azurite").pid().orElseThrow();

    stack.kill("azurite");
    awaitAnotherProcess("azurite", before);

    container.createIfNotExists();
    assertThat(container.exists()).isTrue();
  }

  @Test
  void killedFunctionsHostAnswersAgainOnItsPort() throws Exception {
    long before = stack.process("functions").pid().orElseThrow();

    stack.kill("functions");
    awaitAnotherProcess("functions", before);

    try (HttpClient http = HttpClient.newHttpClient()) {
      URI health = URI.create(stack.api() + "/api/v1/health");
      assertThat(
              http.send(
                      HttpRequest.newBuilder(health).build(), HttpResponse.BodyHandlers.ofString())
                  .statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void killedWorkerStaysDeadUntilItIsStarted() throws Exception {
    String name = stack.nextWorkerName();
    long first = stack.startWorker(name).orElseThrow();

    stack.killWorker(name);
    Thread.sleep(1500);
    assertThat(stack.process(name).pid()).isEmpty();
    assertThat(ProcessHandle.of(first)).isEmpty();

    long second = stack.startWorker(name).orElseThrow();
    assertThat(second).isNotEqualTo(first);
    stack.killWorker(name);
  }

  @Test
  void workerThatDiesByItselfIsStartedAgain() throws Exception {
    long before = stack.process("worker-1").pid().orElseThrow();
    stack.kill("worker-1");
    awaitAnotherProcess("worker-1", before);
  }

  @Test
  void containerSasReadsAndListsThroughTheGatewayAndDoesNotWrite() {
    stack.container(StorageAccounts.SOURCE, "photos").createIfNotExists();
    stack
        .container(StorageAccounts.SOURCE, "photos")
        .getBlobClient("2024/ä b#1.jpg")
        .upload(BinaryData.fromString("whale"), true);
    BlobContainerClient reader = reader("photos");

    assertThat(reader.listBlobs()).extracting(BlobItem::getName).containsExactly("2024/ä b#1.jpg");
    assertThat(reader.getBlobClient("2024/ä b#1.jpg").downloadContent()).hasToString("whale");
    assertThatThrownBy(
            () -> reader.getBlobClient("other.jpg").upload(BinaryData.fromString("x"), true))
        .hasMessageContaining("403");
  }

  @Test
  void gatewayMakesFaultsAndRemembersRequestsWithoutSignatures() {
    stack.container(StorageAccounts.SOURCE, "faulty").createIfNotExists();
    long mark = stack.gateway().log().since(0).next();
    stack.gateway().faults().add(new FaultRule("GET /source/faulty", 2, "STATUS 403", 1));
    BlobContainerClient reader = reader("faulty");

    assertThat(reader.listBlobs()).isEmpty();
    assertThatThrownBy(() -> reader.listBlobs().stream().toList())
        .hasMessageContaining("AuthenticationFailed");
    assertThat(reader.listBlobs()).isEmpty();

    assertThat(stack.gateway().log().since(mark).entries())
        .hasSize(3)
        .allSatisfy(entry -> assertThat(entry.query()).contains("sig=***"))
        .extracting(entry -> entry.status())
        .containsExactly(200, 403, 200);
    assertThat(stack.gateway().faults().states().getFirst().seen()).isEqualTo(3);
  }

  @Test
  void providerPublishesTheKeyOfRightTokensOnly() throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI jwks = URI.create(stack.issuer() + "/jwks");
      String keys =
          http.send(HttpRequest.newBuilder(jwks).build(), HttpResponse.BodyHandlers.ofString())
              .body();
      SignedJWT right =
          SignedJWT.parse(stack.tokens().mint(TokenRequest.of("demo", "TENANT_ADMIN")));
      SignedJWT wrong =
          SignedJWT.parse(
              Tokens.untrusted(stack.issuer()).mint(TokenRequest.of("demo", "TENANT_ADMIN")));
      RSASSAVerifier verifier =
          new RSASSAVerifier(
              JWKSet.parse(keys).getKeyByKeyId(right.getHeader().getKeyID()).toRSAKey());

      assertThat(right.verify(verifier)).isTrue();
      assertThat(wrong.verify(verifier)).isFalse();
      assertThat(right.getJWTClaimsSet().getIssuer()).isEqualTo(stack.issuer());
      assertThat(right.getJWTClaimsSet().getStringClaim("tenant_id"))
          .isEqualTo(TokenRequest.of("demo", "VIEWER").tenantId().toString());
    }
  }

  private static StackOptions options() {
    return StackOptions.in(StackDirectory.home(), directory).withPrograms(StandIn.programs());
  }

  private static BlobContainerClient reader(String container) {
    String sas = stack.containers().readSas(StorageAccounts.SOURCE, container, Duration.ofHours(1));
    return new BlobContainerClientBuilder()
        .endpoint(stack.containers().endpoint(StorageAccounts.SOURCE))
        .containerName(container)
        .sasToken(sas)
        .buildClient();
  }

  private static void awaitAnotherProcess(String name, long before) throws InterruptedException {
    SupervisedProcess process = stack.process(name);
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (process.pid().orElse(before) == before && System.nanoTime() < end) {
      Thread.sleep(20);
    }
    assertThat(process.pid().orElse(before)).isNotEqualTo(before);
    process.awaitReady(PATIENCE);
  }

  private static void execute(String url, String statement) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url)) {
      connection.createStatement().execute(statement);
    }
  }

  private static long count(String url, String query) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        ResultSet rows = connection.createStatement().executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
