package org.flowlake.jobs.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import org.flowlake.converters.source.NfcapdExport;
import org.flowlake.jobs.FlowExport;

/** What is said of a file that was written: as nfdump nothing, but where something is missing. */
record ExportAnswer(PrintStream out, PrintWriter messages) {
  void print(NfcapdExport.Written written, FlowExport export) {
    if (written.records() == 0) {
      out.print("No matching flows\n");
    }
    if (written.cutTexts() > 0) {
      messages.println(
          written.cutTexts()
              + " user names in "
              + export.target()
              + " are cut: an nfcapd file holds 65 bytes of them");
    }
  }
}
