package org.flowlake.converters.source;

import java.util.List;
import org.apache.spark.sql.connector.read.InputPartition;

/** The files of one task, in the order in which they are read. */
record FlowInputPartition(List<SourceFile> files) implements InputPartition {}
