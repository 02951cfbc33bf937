import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Locale;

/**
 * Runs SQL in DuckDB and says what each run took, for comparison on the same Parquet files.
 *
 * <p>Usage: {@code java -cp DUCKDB_JAR AskDuckDb.java FILE RUNS}. The file has one statement per
 * line. Each statement runs RUNS times; each run prints a line of statement number, rows of the
 * answer, wall seconds and CPU seconds. Threads: as many as the machine has cores.
 */
public final class AskDuckDb {
  private AskDuckDb() {}

  public static void main(String[] args) throws Exception {
    var statements = Files.readAllLines(Path.of(args[0]), StandardCharsets.UTF_8);
    int runs = Integer.parseInt(args[1]);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      for (int i = 0; i < statements.size(); i++) {
        for (int run = 0; run < runs; run++) {
          long wall = System.nanoTime();
          long cpu = cpuNanos();
          long rows = 0;
          try (ResultSet answer = statement.executeQuery(statements.get(i))) {
            while (answer.next()) {
              rows++;
            }
          }
          System.out.printf(
              Locale.ROOT,
              "%d %d %.3f %.2f%n",
              i,
              rows,
              (System.nanoTime() - wall) / 1e9,
              (cpuNanos() - cpu) / 1e9);
        }
      }
    }
  }

  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
        .getProcessCpuTime();
  }
}
