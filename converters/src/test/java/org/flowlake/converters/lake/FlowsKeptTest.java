package org.flowlake.converters.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.hadoop.HadoopTables;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlowsKeptTest {
  @Test
  void laterExpiryOfFewerDaysBringsNoDayBack(@TempDir Path folder) {
    Table flows =
        new HadoopTables(new Configuration())
            .create(
                new Schema(Types.NestedField.optional(1, "day", Types.DateType.get())),
                folder.resolve("flows").toString());
    assertThat(FlowsKept.since(flows)).isEmpty();

    LocalDate day = LocalDate.of(2024, 3, 13);
    note(day, flows);
    note(day.minusDays(3), flows);
    assertThat(FlowsKept.since(flows)).contains(day);

    note(day.plusDays(1), flows);
    assertThat(FlowsKept.since(flows)).contains(day.plusDays(1));
  }

  private static void note(LocalDate day, Table flows) {
    Transaction commit = flows.newTransaction();
    FlowsKept.note(day, flows, commit.updateProperties());
    commit.commitTransaction();
    flows.refresh();
  }
}
