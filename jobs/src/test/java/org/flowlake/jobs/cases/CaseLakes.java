package org.flowlake.jobs.cases;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.flowlake.converters.io.DamagePolicy;
import org.flowlake.converters.lake.ConversionRequest;
import org.flowlake.converters.lake.LakeConversion;
import org.flowlake.jobs.CaptureFiles;

/** A lake for each set of raw files that the cases ask, made when it is first needed. */
final class CaseLakes {
  private final SparkSession spark;
  private final Path folder;
  private final Map<List<String>, String> lakes = new HashMap<>();

  CaseLakes(SparkSession spark, Path folder) {
    this.spark = spark;
    this.folder = folder;
  }

  /** The input options that name the lake of these raw inputs. */
  List<String> inputArgs(NfdumpCase asked) throws IOException {
    List<String> raw = asked.inputArgs();
    String lake = lakes.get(raw);
    if (lake == null) {
      lake = folder.resolve("lake-" + lakes.size()).toString();
      new LakeConversion(
              spark,
              new ConversionRequest(
                  lake, files(asked), DamagePolicy.FAIL, ConversionRequest.MismatchPolicy.ACCEPT))
          .run();
      lakes.put(raw, lake);
    }
    return List.of("-R", lake);
  }

  private List<String> files(NfdumpCase asked) {
    List<String> raw = asked.inputArgs();
    if (raw.get(0).equals("-R")) {
      return CaptureFiles.range(raw.get(1), spark.sparkContext().hadoopConfiguration());
    }
    List<String> files = new ArrayList<>();
    asked.files().forEach(file -> files.add(asked.corpus() + "/" + file));
    return files;
  }
}
