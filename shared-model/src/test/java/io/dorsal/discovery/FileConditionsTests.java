package io.dorsal.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FileConditionsTests {

  @Test
  void theTextBehindAPrefixIsTheNextOneInTheOrderOfCodePoints() {
    assertThat(FileConditions.behind("2024/")).isEqualTo("20240");
    assertThat(FileConditions.behind("a\ud7ff")).isEqualTo("a\ue000");
    assertThat(FileConditions.behind("a\udbff\udfff")).isEqualTo("b");
    assertThat(FileConditions.behind("\udbff\udfff")).isNull();
  }

  @Test
  void everyValueIsAParameter() {
    String hostile = "'; drop table found_file; --";
    var filter =
        new FileFilter(null, null, true, false, hostile, null, null, hostile, hostile, hostile);

    FileConditions conditions = FileConditions.of(filter);

    assertThat(conditions.sql()).doesNotContain("drop").contains("is not null", "is null");
    assertThat(conditions.parameters())
        .containsEntry("camera", hostile)
        .containsEntry("prefix", hostile)
        .containsEntry("nfd", hostile)
        .containsEntry("note", hostile);
  }

  @Test
  void noFilterIsNoCondition() {
    assertThat(FileConditions.of(FileFilter.ALL).sql()).isEmpty();
    assertThat(FileConditions.of(FileFilter.ALL).oddOnly()).isFalse();
  }
}
