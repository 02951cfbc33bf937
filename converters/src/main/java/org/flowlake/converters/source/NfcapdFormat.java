package org.flowlake.converters.source;

import java.io.IOException;
import org.flowlake.converters.flow.FlowFile;
import org.flowlake.converters.io.DamagePolicy;
import org.flowlake.converters.io.FlowFileInput;
import org.flowlake.converters.nfcapd.NfcapdFile;

/** nfcapd files of layout 1 (nfdump 1.6) and 2 (nfdump 1.7). Stateless. */
public final class NfcapdFormat implements FlowFormat {
  private static final long serialVersionUID = 1L;

  @Override
  public FlowFile open(FlowFileInput input, DamagePolicy policy) throws IOException {
    return NfcapdFile.open(input, policy);
  }
}
