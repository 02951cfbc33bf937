package org.flowlake.jobs.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.apache.iceberg.aws.s3.S3FileIO;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.spark.SparkCatalog;
import org.apache.spark.sql.SparkSession;
import org.flowlake.jobs.JobsSession;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lake on S3, in a catalog that commits atomically, which S3 alone does not. */
class S3LakeTest {
  private static final String BUCKET = "flows";
  private static final String IDENTITY = "test-identity";
  private static final String CREDENTIAL = "test-credential";

  @TempDir private Path folder;

  @Test
  void aLakeOnS3IsAsALocalOne() throws Exception {
    try (BlobStoreContext context =
        ContextBuilder.newBuilder("transient")
            .credentials(IDENTITY, CREDENTIAL)
            .buildView(BlobStoreContext.class)) {
      BlobStore store = context.getBlobStore();
      store.createContainerInLocation(null, BUCKET);
      S3Proxy server =
          S3Proxy.builder()
              .blobStore(store)
              .endpoint(URI.create("http://127.0.0.1:0"))
              .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, IDENTITY, CREDENTIAL)
              .build();
      server.start();
      try {
        defineCatalog(JobsSession.get(), server.getPort());
        LakeJourney.take("catalog:stored.netflow");
      } finally {
        server.stop();
      }
    }
  }

  private void defineCatalog(SparkSession spark, int port) {
    // The client would send trailing checksums, which this server does not take over HTTP.
    System.setProperty("aws.requestChecksumCalculation", "when_required");
    String catalog = "spark.sql.catalog.stored";
    spark.conf().set(catalog, SparkCatalog.class.getName());
    Map.of(
            "catalog-impl",
            JdbcCatalog.class.getName(),
            "uri",
            "jdbc:sqlite:" + folder.resolve("catalog.db"),
            "jdbc.schema-version",
            "V1",
            "warehouse",
            "s3://" + BUCKET + "/warehouse",
            "io-impl",
            S3FileIO.class.getName(),
            "s3.endpoint",
            "http://127.0.0.1:" + port,
            "s3.path-style-access",
            "true",
            "s3.access-key-id",
            IDENTITY,
            "s3.secret-access-key",
            CREDENTIAL,
            "client.region",
            "us-east-1")
        .forEach((name, value) -> spark.conf().set(catalog + "." + name, value));
  }
}
