import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.sql.Blob;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Runs SQL in DuckDB and says what each statement took, for comparison on the same Parquet files.
 *
 * <p>Usage: {@code java -cp DUCKDB_JAR AskDuckDb.java < STATEMENTS}, one per line. Prints the rows
 * of an answer, values separated by tabs and bytes as hexadecimal digits, then a line of {@code =},
 * wall seconds and CPU seconds. Threads: as many as the machine has cores.
 */
public final class AskDuckDb {
  private AskDuckDb() {}

  public static void main(String[] args) throws Exception {
    var statements = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      for (String sql = statements.readLine(); sql != null; sql = statements.readLine()) {
        long wall = System.nanoTime();
        long cpu = cpuNanos();
        StringBuilder rows = new StringBuilder();
        try (ResultSet answer = statement.executeQuery(sql)) {
          int columns = answer.getMetaData().getColumnCount();
          while (answer.next()) {
            for (int column = 1; column <= columns; column++) {
              rows.append(text(answer.getObject(column))).append(column < columns ? '\t' : '\n');
            }
          }
        }
        System.out.printf(
            Locale.ROOT,
            "%s= %.3f %.2f%n",
            rows,
            (System.nanoTime() - wall) / 1e9,
            (cpuNanos() - cpu) / 1e9);
        System.out.flush();
      }
    }
  }

  private static String text(Object value) throws SQLException {
    return value instanceof Blob bytes
        ? HexFormat.of().formatHex(bytes.getBytes(1, (int) bytes.length()))
        : String.valueOf(value);
  }

  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
        .getProcessCpuTime();
  }
}
