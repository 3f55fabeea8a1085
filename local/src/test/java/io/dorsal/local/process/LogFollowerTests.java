package io.dorsal.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFollowerTests {

  @Test
  void onlyWhatComesIsCopiedAlsoFromANewFile(@TempDir Path directory) throws Exception {
    Path log = directory.resolve("worker-1.log");
    Files.writeString(log, "old\n");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LogFollower follower = new LogFollower(log, out);
    assertThat(follower.step()).isZero();
    Files.writeString(log, "naïve\n", StandardOpenOption.APPEND);
    assertThat(follower.step()).isEqualTo(7);
    Files.delete(log);
    assertThat(follower.step()).isZero();
    Files.writeString(log, "new\n");
    follower.step();
    Files.writeString(log, "x\n");
    follower.step();
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("naïve\nnew\nx\n");
  }
}
