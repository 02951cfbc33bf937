package org.flowlake.jobs.cli;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** Folders of this machine under another scheme, {@code remote:/…}: no local disk to Hadoop. */
public final class RemoteFolder extends RawLocalFileSystem {
  static final String SCHEME = "remote";

  /** Makes the scheme known. */
  static void register(Configuration hadoop) {
    hadoop.set("fs." + SCHEME + ".impl", RemoteFolder.class.getName());
    hadoop.set("fs.AbstractFileSystem." + SCHEME + ".impl", Context.class.getName());
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public URI getUri() {
    return URI.create(SCHEME + ":///");
  }

  /** The same for Hadoop's second interface. */
  public static final class Context extends DelegateToFileSystem {
    /** As Hadoop calls it. */
    public Context(URI uri, Configuration hadoop) throws IOException, URISyntaxException {
      super(uri, new RemoteFolder(), hadoop, SCHEME, false);
    }
  }
}
