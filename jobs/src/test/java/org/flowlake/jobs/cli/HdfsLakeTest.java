package org.flowlake.jobs.cli;

import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.flowlake.jobs.JobsSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lake on HDFS: a folder there, as on a local disk. */
class HdfsLakeTest {
  @TempDir private Path folder;

  @Test
  void aLakeOnHdfsIsAsALocalOne() throws Exception {
    JobsSession.get();
    Configuration settings = new Configuration();
    settings.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.toString());
    try (MiniDFSCluster cluster = new MiniDFSCluster.Builder(settings).numDataNodes(1).build()) {
      cluster.waitActive();
      LakeJourney.take(cluster.getURI() + "/flows/lake");
      LakeJourney.report(cluster.getURI() + "/flows/lake", cluster.getURI() + "/reports");
      LakeJourney.takeTogether(cluster.getURI() + "/flows/together");
    }
  }
}
