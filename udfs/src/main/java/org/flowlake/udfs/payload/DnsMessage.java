package org.flowlake.udfs.payload;

import java.util.List;
import java.util.Optional;
import org.flowlake.udfs.ip.IpAddress;

/**
 * A DNS message (RFC 1035, 4.1). Names end in a dot; the root is {@code .}.
 *
 * @param flags the second 16 bits of the header
 * @param responseCode of the header, the upper bits from an OPT record (RFC 6891)
 */
public record DnsMessage(
    int flags,
    int responseCode,
    List<Question> questions,
    List<Resource> answers,
    List<Resource> authorities,
    List<Resource> additionals) {

  /** What is asked. */
  public record Question(String name, int type, int recordClass) {}

  /**
   * A resource record.
   *
   * @param ttl seconds
   */
  public record Resource(String name, int type, int recordClass, long ttl, Data data) {}

  /** What a resource record holds. */
  public sealed interface Data {}

  /** A and AAAA. */
  public record Address(IpAddress address) implements Data {}

  /** CNAME, NS, PTR. */
  public record Name(String name) implements Data {}

  /** MX. */
  public record Exchange(int preference, String name) implements Data {}

  /** TXT and SPF, all strings joined. */
  public record Text(String text) implements Data {}

  /** HINFO. */
  public record Host(String cpu, String system) implements Data {}

  /** SRV (RFC 2782). */
  public record Service(int priority, int weight, int port, String target) implements Data {}

  /** SOA. */
  public record Authority(
      String primary,
      String mailbox,
      long serial,
      long refresh,
      long retry,
      long expire,
      long minimum)
      implements Data {}

  /** OPT: the sender's limits (RFC 6891). */
  public record Options(int udpPayload, boolean dnssecOk, int count) implements Data {}

  /** Anything else. */
  public record Other() implements Data {}

  public DnsMessage {
    questions = List.copyOf(questions);
    answers = List.copyOf(answers);
    authorities = List.copyOf(authorities);
    additionals = List.copyOf(additionals);
  }

  /**
   * The message that these bytes begin with; empty where they are none, or not all of one.
   *
   * @param payload of a datagram; may be null
   */
  public static Optional<DnsMessage> find(byte[] payload) {
    return payload == null ? Optional.empty() : DnsParser.find(payload, 0);
  }

  /** As {@link #find} for TCP, where two bytes of length come first (RFC 1035, 4.2.2). */
  public static Optional<DnsMessage> findOverTcp(byte[] payload) {
    return payload == null ? Optional.empty() : DnsParser.find(payload, 2);
  }

  public boolean isAuthoritative() {
    return (flags & 0x0400) != 0;
  }

  public boolean isTruncated() {
    return (flags & 0x0200) != 0;
  }

  public boolean isRecursionDesired() {
    return (flags & 0x0100) != 0;
  }

  public boolean isRecursionAvailable() {
    return (flags & 0x0080) != 0;
  }

  /** RFC 4035, 3.2.3. */
  public boolean isAuthenticData() {
    return (flags & 0x0020) != 0;
  }

  /** RFC 4035, 3.2.2. */
  public boolean isCheckingDisabled() {
    return (flags & 0x0010) != 0;
  }
}
