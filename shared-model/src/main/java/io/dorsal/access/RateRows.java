package io.dorsal.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The store that all instances share: one table. Thread-safe. */
@Component
class RateRows implements RateStore {

  /** For one statement; a store that takes longer is away. */
  private static final int PATIENCE_SECONDS = 2;

  private final JdbcTemplate jdbc;

  @Autowired
  RateRows(DataSource database) {
    this(database, PATIENCE_SECONDS);
  }

  RateRows(DataSource database, int patienceSeconds) {
    // Not the calls' own template: what is taken is taken, also by a call whose time is up.
    this.jdbc = new JdbcTemplate(database);
    jdbc.setQueryTimeout(patienceSeconds);
  }

  @Override
  public List<Grant> take(List<Question> questions) {
    return jdbc.query(
        "select granted, taken, at_second, oldest, wait_millis from take_units(?, ?, ?, ?)",
        (row, number) -> grant(row),
        questions.stream().map(Question::key).toArray(String[]::new),
        questions.stream().map(Question::limit).toArray(Integer[]::new),
        questions.stream().map(Question::need).toArray(Integer[]::new),
        questions.stream().map(Question::want).toArray(Integer[]::new));
  }

  @Override
  public void giveBack(List<Unused> unused) {
    jdbc.query(
        "select return_units(?, ?, ?)",
        row -> {},
        unused.stream().map(Unused::key).toArray(String[]::new),
        unused.stream().map(Unused::second).toArray(Long[]::new),
        unused.stream().map(Unused::units).toArray(Integer[]::new));
  }

  @Override
  public void forgetOld() {
    jdbc.update(
        """
        delete from rate_window where key in
          (select key from rate_window where touched_at < now() - interval '2 minutes'
           limit 10000 for update skip locked)
        """);
  }

  private static Grant grant(ResultSet row) throws SQLException {
    return new Grant(
        row.getInt("granted"),
        row.getInt("taken"),
        row.getLong("at_second"),
        row.getLong("oldest"),
        row.getLong("wait_millis"));
  }
}
