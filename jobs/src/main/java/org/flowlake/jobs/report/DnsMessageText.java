package org.flowlake.jobs.report;

import java.util.List;
import org.flowlake.udfs.payload.DnsMessage;
import org.flowlake.udfs.payload.DnsType;

/** A DNS message in lines, as nfdump prints it. */
final class DnsMessageText {
  private static final List<String> RESULTS =
      List.of(
          "No error",
          "Format error",
          "Server failure",
          "Non-existant domain",
          "Not implemented",
          "Query refused",
          "Name exists when it should not",
          "RRset exists when it should not",
          "RRset does not exist",
          "Server not authoritative",
          "Zone not in zone section");

  private final StringBuilder out = new StringBuilder();

  private DnsMessageText() {}

  static String of(DnsMessage message) {
    DnsMessageText text = new DnsMessageText();
    text.header(message);
    for (int i = 0; i < message.questions().size(); i++) {
      text.question(i, message.questions().get(i));
    }
    text.resources("DNS Answer", message.answers());
    text.resources("DNS Nameserver", message.authorities());
    text.resources("DNS Additional", message.additionals());
    return text.out.toString();
  }

  private void header(DnsMessage message) {
    out.append("DNS Header : Queries: ")
        .append(message.questions().size())
        .append(", Answers: ")
        .append(message.answers().size())
        .append(", Nameservers: ")
        .append(message.authorities().size())
        .append(", Additional: ")
        .append(message.additionals().size())
        .append(", Authoritative: ")
        .append(message.isAuthoritative())
        .append("\nDNS header : Truncated: ")
        .append(message.isTruncated())
        .append(", Recursion desired: ")
        .append(message.isRecursionDesired())
        .append(", Recursion available: ")
        .append(message.isRecursionAvailable())
        .append("\nDNS header : Authentic data: ")
        .append(message.isAuthenticData())
        .append(", Checking disabled: ")
        .append(message.isCheckingDisabled())
        .append(", Result: ")
        .append(result(message.responseCode()))
        .append('\n');
  }

  private static String result(int code) {
    return code < RESULTS.size() ? RESULTS.get(code) : "Unknown error";
  }

  private void question(int index, DnsMessage.Question question) {
    begin("DNS Query  ", index);
    out.append(question.name())
        .append(' ')
        .append(className(question.recordClass()))
        .append(' ')
        .append(DnsType.of(question.type()).text())
        .append('\n');
  }

  private void resources(String tag, List<DnsMessage.Resource> resources) {
    for (int i = 0; i < resources.size(); i++) {
      DnsMessage.Resource resource = resources.get(i);
      begin(tag + ' ', i);
      if (resource.data() instanceof DnsMessage.Options) {
        out.append("OPT RR: ");
      } else {
        out.append(resource.name())
            .append(" ttl: ")
            .append(resource.ttl())
            .append(", ")
            .append(className(resource.recordClass()))
            .append(' ')
            .append(DnsType.of(resource.type()).text())
            .append(": ");
      }
      out.append(data(resource.data())).append('\n');
    }
  }

  private void begin(String tag, int index) {
    Padding.right(out.append(tag).append(": "), Integer.toString(index), 2).append(": ");
  }

  private static String data(DnsMessage.Data data) {
    if (data instanceof DnsMessage.Address address) {
      return address.address().toString();
    } else if (data instanceof DnsMessage.Name name) {
      return name.name();
    } else if (data instanceof DnsMessage.Exchange exchange) {
      return Padding.right(Integer.toString(exchange.preference()), 5) + ' ' + exchange.name();
    } else if (data instanceof DnsMessage.Text text) {
      return '"' + text.text() + '"';
    } else if (data instanceof DnsMessage.Host host) {
      return '"' + host.cpu() + "\" \"" + host.system() + '"';
    } else if (data instanceof DnsMessage.Service service) {
      return "priority: "
          + service.priority()
          + ", weight: "
          + service.weight()
          + ", port: "
          + service.port()
          + ", target: "
          + service.target();
    } else if (data instanceof DnsMessage.Authority soa) {
      return String.format(
          "%s %s (%d %d %d %d %d)",
          soa.primary(),
          soa.mailbox(),
          soa.serial(),
          soa.refresh(),
          soa.retry(),
          soa.expire(),
          soa.minimum());
    } else if (data instanceof DnsMessage.Options options) {
      return "payload = "
          + options.udpPayload()
          + ", DO = "
          + options.dnssecOk()
          + ", #opts = "
          + options.count()
          + '\n';
    }
    return "<data>";
  }

  private static String className(int recordClass) {
    return switch (recordClass) {
      case 1 -> "IN";
      case 2 -> "CS";
      case 3 -> "CH";
      case 4 -> "HS";
      case 254 -> "NONE";
      case 255 -> "ANY";
      default -> "X-UNKN";
    };
  }
}
