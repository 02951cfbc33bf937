package org.flowlake.converters.rollup;

import java.io.IOException;
import org.apache.iceberg.io.InputFile;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.SeekableInputStream;

/**
 * A Parquet file that Iceberg gives access to, for Parquet's own readers of columns; Iceberg's
 * readers make an object per value.
 */
record StoredParquet(InputFile file) implements org.apache.parquet.io.InputFile {
  private static final ParquetReadOptions OPTIONS =
      ParquetReadOptions.builder(new PlainParquetConfiguration()).build();

  /** Where its row groups lie, and what is known of them. */
  ParquetMetadata footer() throws IOException {
    try (ParquetFileReader reader = ParquetFileReader.open(this, OPTIONS)) {
      return reader.getFooter();
    }
  }

  /** A reader for one thread, to be closed. */
  ParquetFileReader open(ParquetMetadata footer) throws IOException {
    return ParquetFileReader.open(this, footer, OPTIONS, newStream());
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
