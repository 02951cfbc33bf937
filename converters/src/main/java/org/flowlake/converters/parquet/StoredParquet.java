package org.flowlake.converters.parquet;

import java.io.IOException;
import org.apache.iceberg.io.InputFile;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.util.HadoopCodecs;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.SeekableInputStream;

/**
 * A Parquet file that Iceberg gives access to, for {@link RowGroupReader}; Iceberg's readers make
 * an object per value.
 */
public record StoredParquet(InputFile file) implements org.apache.parquet.io.InputFile {
  /**
   * For one reader: with them it closes the codecs, which are not for several threads. Readers that
   * share them fail at times.
   */
  static ParquetReadOptions options() {
    PlainParquetConfiguration defaults = new PlainParquetConfiguration();
    return ParquetReadOptions.builder(defaults)
        .withCodecFactory(new ZstdPages(HadoopCodecs.newFactory(defaults, 0)))
        .build();
  }

  @Override
  public long getLength() {
    return file.getLength();
  }

  @Override
  public SeekableInputStream newStream() {
    org.apache.iceberg.io.SeekableInputStream stream = file.newStream();
    return new DelegatingSeekableInputStream(stream) {
      @Override
      public long getPos() throws IOException {
        return stream.getPos();
      }

      @Override
      public void seek(long position) throws IOException {
        stream.seek(position);
      }
    };
  }

  @Override
  public String toString() {
    return file.location();
  }
}
