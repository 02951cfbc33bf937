package org.flowlake.converters.source;

import java.io.IOException;
import java.util.Optional;
import org.flowlake.converters.flow.FlowAnonymizer;
import org.flowlake.converters.flow.FlowBatch;
import org.flowlake.converters.flow.FlowFile;
import org.flowlake.converters.flow.FlowFilter;
import org.flowlake.converters.flow.FlowReadCounts;
import org.flowlake.converters.flow.FlowReader;
import org.flowlake.converters.flow.FlowStatistics;
import org.flowlake.converters.io.DamagePolicy;
import org.flowlake.converters.io.FlowFileInput;
import org.flowlake.udfs.anonymize.Anonymization;

/** Files of another format, their flows anonymised as they are decoded. */
public final class AnonymizedFormat implements FlowFormat {
  private static final long serialVersionUID = 1L;

  private final FlowFormat plain;
  private final Anonymization anonymization;

  /** Files of this format; the key travels to the executors with it. */
  public AnonymizedFormat(FlowFormat plain, Anonymization anonymization) {
    this.plain = plain;
    this.anonymization = anonymization;
  }

  /** The format itself where nothing is anonymised. */
  public static FlowFormat of(FlowFormat plain, Optional<Anonymization> anonymization) {
    return anonymization.<FlowFormat>map(how -> new AnonymizedFormat(plain, how)).orElse(plain);
  }

  @Override
  public FlowFile open(FlowFileInput input, DamagePolicy policy) throws IOException {
    return new AnonymizedFile(plain.open(input, policy), new FlowAnonymizer(anonymization));
  }

  private record AnonymizedFile(FlowFile plain, FlowAnonymizer anonymizer) implements FlowFile {
    @Override
    public FlowStatistics statistics() throws IOException {
      return plain.statistics();
    }

    @Override
    public FlowReader flows(int sourceId, FlowFilter filter) throws IOException {
      return new AnonymizedReader(plain.flows(sourceId), anonymizer, filter);
    }

    @Override
    public void close() throws IOException {
      plain.close();
    }
  }

  /** The filter looks at what it would find in an anonymised file. */
  private record AnonymizedReader(FlowReader plain, FlowAnonymizer anonymizer, FlowFilter filter)
      implements FlowReader {
    @Override
    public boolean readPart(FlowBatch batch) throws IOException {
      int from = batch.size();
      boolean read = plain.readPart(batch);
      anonymizer.anonymize(batch, from);
      int[] wanted = new int[batch.size() - from];
      int count = filter.over(batch).select(from, batch.size(), wanted);
      batch.retain(from, wanted, count);
      return read;
    }

    @Override
    public FlowReadCounts counts() {
      return plain.counts();
    }

    @Override
    public void close() throws IOException {
      plain.close();
    }
  }
}
