package org.flowlake.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.flowlake.jobs.SampleArchive;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The data files of a lake that grew and was compacted, read by another engine: DuckDB sees the
 * flows that flowlake sees.
 */
class DuckDbLakeTest {
  @TempDir private static Path folder;

  @BeforeAll
  static void convertTheArchiveInPartsAndCompact() {
    String some = Integer.toString(SampleArchive.FILES / 3);
    String archive = SampleArchive.netflow().toString();
    run("convert", "--lake", lake(), "--max-files", some, archive);
    run("convert", "--lake", lake(), "--max-files", some, archive);
    run("convert", "--lake", lake(), archive);
    assertThat(run("compact", "--lake", lake())).contains("files of").contains("became 1");
    run("expire", "--lake", lake(), "--keep-snapshots", "0h");
  }

  private static String lake() {
    return folder.resolve("lake").toString();
  }

  /** Every data file is of the newest snapshot: expiry removed those that were replaced. */
  private static String files() {
    return "read_parquet('" + folder.resolve("lake/flows/data") + "/*/*.parquet')";
  }

  @Test
  void flowsPacketsAndBytesAreTheSame() throws SQLException {
    String csv = run("aggregate", "--lake", lake(), "--keys", "proto", "--format", "csv");
    List<List<String>> expected = columns(csv, "proto", "flows", "in_packets", "in_bytes");

    List<List<String>> found =
        ask(
            "select proto, count(*), sum(in_packets), sum(in_bytes) from "
                + files()
                + " group by proto");

    assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(found.stream().mapToLong(row -> Long.parseLong(row.get(1))).sum())
        .isEqualTo(SampleArchive.FLOWS);
  }

  @Test
  void topTenOfTheTutorialIsTheSame() throws SQLException {
    String csv =
        run(
            "top",
            "--lake",
            lake(),
            "--by",
            "dstip/bytes",
            "--filter",
            "not dst net 10.0.0.0/8",
            "--format",
            "csv");
    List<List<String>> expected = columns(csv, "value", "flows", "packets", "bytes");

    List<List<String>> found =
        ask(
            "select ipv4_text(hex(dst_addr)),"
                + " count(*), sum(in_packets), sum(in_bytes) from "
                + files()
                + " where not (ip_version = 4 and hex(dst_addr) like '00000000000000000000FFFF0A%')"
                + " group by dst_addr order by sum(in_bytes) desc, dst_addr limit 10");

    assertThat(found).hasSize(10).isEqualTo(expected);
  }

  @Test
  void oneHostIsFoundByItsBytes() throws SQLException {
    String csv =
        run(
            "aggregate",
            "--lake",
            lake(),
            "--keys",
            "proto",
            "--filter",
            "src ip 10.3.58.6",
            "--format",
            "csv");

    List<List<String>> found =
        ask(
            "select proto, count(*), sum(in_packets), sum(in_bytes) from "
                + files()
                + " where src_addr = unhex('00000000000000000000FFFF0A033A06') group by proto");

    assertThat(found)
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(
            columns(csv, "proto", "flows", "in_packets", "in_bytes"));
  }

  private static List<List<String>> ask(String query) throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement()) {
      statement.execute(
          "create macro ipv4_text(hex) as concat_ws('.', "
              + "('0x' || substr(hex, 25, 2))::int, ('0x' || substr(hex, 27, 2))::int, "
              + "('0x' || substr(hex, 29, 2))::int, ('0x' || substr(hex, 31, 2))::int)");
      try (ResultSet result = statement.executeQuery(query)) {
        while (result.next()) {
          List<String> row = new ArrayList<>();
          for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
            row.add(result.getString(i));
          }
          rows.add(row);
        }
      }
    }
    return rows;
  }

  private static List<List<String>> columns(String csv, String... names) {
    List<String> lines = csv.lines().toList();
    List<String> heading = List.of(lines.get(0).split(",", -1));
    List<List<String>> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      List<String> cells = List.of(line.split(",", -1));
      List<String> row = new ArrayList<>();
      for (String name : names) {
        row.add(cells.get(heading.indexOf(name)));
      }
      rows.add(row);
    }
    return rows;
  }

  private static String run(String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    assertThat(FlowlakeCommand.execute(stream, words)).isEqualTo(ExitCode.OK);
    return out.toString(StandardCharsets.UTF_8);
  }
}
