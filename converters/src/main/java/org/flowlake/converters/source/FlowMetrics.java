package org.flowlake.converters.source;

import java.util.List;
import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.connector.metric.CustomSumMetric;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.flowlake.converters.flow.FlowBatch;
import org.flowlake.converters.flow.FlowReadCounts;

/**
 * What a scan of raw files reports to Spark: on the SQL page, and in the executed plan's metrics.
 */
public final class FlowMetrics {
  public static final String FILES = "filesRead";
  public static final String BLOCKS = "blocksRead";

  /**
   * nfdump 1.7.8's "Bytes read": expanded sizes of the blocks in which a flow passed the pushed
   * filter or that hold other records than flows.
   */
  public static final String BYTES_READ = "bytesRead";

  public static final String FLOWS = "flowsDecoded";

  /**
   * Values of decoded flows: shows that a field nobody asked for is not decoded, and of flows that
   * do not pass the filter only what it looks at.
   */
  public static final String VALUES = "valuesDecoded";

  public static final String SKIPPED = "recordsSkipped";

  private long filesRead;
  private long blocksRead;
  private long bytesRead;
  private long flowsDecoded;
  private long valuesDecoded;
  private long recordsSkipped;

  private long blocksOfFile;
  private long flowsOfFile;
  private long valuesOfFile;
  private long passedOfBlock;
  private long bytesOfOpenBlock;

  /** Some flows of a block were read, perhaps the last ones. */
  void endPart(FlowReadCounts counts, FlowBatch passed) {
    passedOfBlock += passed.size();
    valuesDecoded += counts.values() - valuesOfFile;
    valuesOfFile = counts.values();
    if (counts.blocks() > blocksOfFile) {
      blocksOfFile++;
      blocksRead++;
      flowsDecoded += counts.flows() - flowsOfFile;
      flowsOfFile = counts.flows();
      if (passedOfBlock > 0 || counts.lastBlockHasOtherRecords()) {
        bytesRead += counts.lastBlockBytes();
      }
      passedOfBlock = 0;
    }
    // Whoever asks for no more flows than some of a block has it counted all the same.
    bytesOfOpenBlock = passedOfBlock > 0 ? counts.lastBlockBytes() : 0;
  }

  void endFile(FlowReadCounts counts) {
    filesRead++;
    recordsSkipped += counts.skipped().values().stream().mapToLong(Long::longValue).sum();
    blocksOfFile = 0;
    flowsOfFile = 0;
    valuesOfFile = 0;
  }

  void skipFile() {
    recordsSkipped++;
  }

  CustomTaskMetric[] taskMetrics() {
    return new CustomTaskMetric[] {
      new Value(FILES, filesRead),
      new Value(BLOCKS, blocksRead),
      new Value(BYTES_READ, bytesRead + bytesOfOpenBlock),
      new Value(FLOWS, flowsDecoded),
      new Value(VALUES, valuesDecoded),
      new Value(SKIPPED, recordsSkipped)
    };
  }

  static CustomMetric[] supported() {
    return List.of(
            new FilesRead(),
            new BlocksRead(),
            new BytesRead(),
            new FlowsDecoded(),
            new ValuesDecoded(),
            new RecordsSkipped())
        .toArray(CustomMetric[]::new);
  }

  private record Value(String name, long value) implements CustomTaskMetric {}

  // Spark makes these by reflection, so each is a public class with a constructor of its own.

  /** Number of raw files read. */
  public static final class FilesRead extends CustomSumMetric {
    @Override
    public String name() {
      return FILES;
    }

    @Override
    public String description() {
      return "raw files read";
    }
  }

  /** Number of data blocks read. */
  public static final class BlocksRead extends CustomSumMetric {
    @Override
    public String name() {
      return BLOCKS;
    }

    @Override
    public String description() {
      return "data blocks read";
    }
  }

  /** See {@link #BYTES_READ}. */
  public static final class BytesRead extends CustomSumMetric {
    @Override
    public String name() {
      return BYTES_READ;
    }

    @Override
    public String description() {
      return "bytes of blocks that answered";
    }
  }

  /** Number of flow records decoded. */
  public static final class FlowsDecoded extends CustomSumMetric {
    @Override
    public String name() {
      return FLOWS;
    }

    @Override
    public String description() {
      return "flows decoded";
    }
  }

  /** See {@link #VALUES}. */
  public static final class ValuesDecoded extends CustomSumMetric {
    @Override
    public String name() {
      return VALUES;
    }

    @Override
    public String description() {
      return "field values decoded";
    }
  }

  /** Number of records, extensions, blocks and whole files that were stepped over. */
  public static final class RecordsSkipped extends CustomSumMetric {
    @Override
    public String name() {
      return SKIPPED;
    }

    @Override
    public String description() {
      return "records stepped over";
    }
  }
}
