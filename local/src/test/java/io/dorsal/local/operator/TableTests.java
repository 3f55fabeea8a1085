package io.dorsal.local.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TableTests {

  @Test
  void peopleGetColumnsUnderTitles() {
    assertThat(
            Table.aligned(
                List.of("NAME", "SIZE"), List.of(List.of("a", "1 B"), List.of("longer", "2 B"))))
        .containsExactly("NAME    SIZE", "a       1 B", "longer  2 B");
  }

  @Test
  void programsGetTabsAndNoTitles() {
    assertThat(Table.plain(List.of(List.of("a", "", "c")))).containsExactly("a\t\tc");
  }

  @Test
  void aNameMovesNoCursorAndBreaksNoLine() {
    assertThat(Table.plain(List.of(List.of("a\u001b[2Jb\nc\td"))))
        .containsExactly("a\\u001B[2Jb\\u000Ac\\u0009d");
  }

  @Test
  void columnsStandUnderEachOtherWhateverTheScript() {
    assertThat(Table.width("鯨")).isEqualTo(2);
    assertThat(Table.width("e\u0301")).isEqualTo(1);
    assertThat(Table.width("\u2068abc\u2069")).isEqualTo(3);
    assertThat(Table.aligned(List.of(), List.of(List.of("鯨", "x"), List.of("ab", "x"))))
        .containsExactly("鯨  x", "ab  x");
  }

  @Test
  void membersAreFoundByPathAndShownByKind() {
    JsonNode thing =
        JsonMapper.shared()
            .readTree(
                """
                {"id": "1", "progress": {"listed": 12}, "size": 1536, "none": null, "list": ["a", "b"],
                 "at": "2026-11-21T06:30:12.345Z", "can": {"read": "OK", "copy": null}}
                """);
    Columns columns =
        Columns.of("id", "listed=progress.listed", "size:size", "none", "list", "at:time", "can");
    assertThat(columns.row(thing, true))
        .containsExactly("1", "12", "1.5 KiB", "", "a, b", "2026-11-21 06:30:12 UTC", "read OK");
    assertThat(columns.row(thing, false))
        .containsExactly("1", "12", "1536", "", "a, b", "2026-11-21T06:30:12.345Z", "read OK");
    assertThat(columns.details(thing, true)).doesNotContain(List.of("none", "")).hasSize(6);
    assertThat(columns.titles()).startsWith("ID", "LISTED");
  }

  @Test
  void sizesHaveFewFigures() {
    assertThat(List.of(0L, 999L, 1_000L, 20_480L, 5L << 30, Long.MAX_VALUE))
        .extracting(Columns::size)
        .containsExactly("0 B", "999 B", "1.0 KiB", "20 KiB", "5.0 GiB", "8192 PiB");
  }
}
