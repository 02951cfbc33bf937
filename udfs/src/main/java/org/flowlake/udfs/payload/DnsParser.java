package org.flowlake.udfs.payload;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flowlake.udfs.ip.IpAddress;

/**
 * Parses a DNS message.
 *
 * <pre>
 * header:   u16 id, u16 flags, u16 counts of questions, answers, authorities, additionals
 * question: name, u16 type, u16 class
 * resource: name, u16 type, u16 class, u32 ttl, u16 length | data
 * name:     u8 length | label, ... u8 0; a length of 11xxxxxx xxxxxxxx points to the rest
 * </pre>
 */
final class DnsParser {
  private static final int HEADER_BYTES = 12;
  private static final int LONGEST_NAME = 255;
  private static final int LONGEST_LABEL = 63;
  private static final int POINTER = 0xC0;
  private static final int DNSSEC_OK = 0x8000;

  private final byte[] payload;
  private final int start;
  private final PayloadReader in;
  private int extendedCode;

  private DnsParser(byte[] payload, int start) {
    this.payload = payload;
    this.start = start;
    this.in = new PayloadReader(payload, start, payload.length);
  }

  static Optional<DnsMessage> find(byte[] payload, int start) {
    if (payload.length < start + HEADER_BYTES) {
      return Optional.empty();
    }
    try {
      return Optional.of(new DnsParser(payload, start).message());
    } catch (MalformedPayloadException e) {
      return Optional.empty();
    }
  }

  private DnsMessage message() throws MalformedPayloadException {
    in.skip(2);
    int flags = in.u16();
    int asked = in.u16();
    int answered = in.u16();
    int authorised = in.u16();
    int added = in.u16();
    List<DnsMessage.Question> questions = new ArrayList<>();
    for (int i = 0; i < asked; i++) {
      questions.add(new DnsMessage.Question(name(in), in.u16(), in.u16()));
    }
    List<DnsMessage.Resource> answers = resources(answered);
    List<DnsMessage.Resource> authorities = resources(authorised);
    List<DnsMessage.Resource> additionals = resources(added);
    return new DnsMessage(
        flags, extendedCode << 4 | flags & 0x0F, questions, answers, authorities, additionals);
  }

  private List<DnsMessage.Resource> resources(int count) throws MalformedPayloadException {
    List<DnsMessage.Resource> resources = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = name(in);
      int type = in.u16();
      int recordClass = in.u16();
      long ttl = in.u32();
      PayloadReader data = in.part(in.u16());
      resources.add(
          new DnsMessage.Resource(
              name, type, recordClass, ttl, data(DnsType.of(type), recordClass, ttl, data)));
    }
    return resources;
  }

  private DnsMessage.Data data(DnsType type, int recordClass, long ttl, PayloadReader data)
      throws MalformedPayloadException {
    return switch (type) {
      case A -> new DnsMessage.Address(IpAddress.ofIpv4((int) data.u32()));
      case AAAA -> new DnsMessage.Address(IpAddress.of(data.bytes(IpAddress.BYTES), 6));
      case NS, CNAME, PTR -> new DnsMessage.Name(name(data));
      case MX -> new DnsMessage.Exchange(data.u16(), name(data));
      case TXT, SPF -> new DnsMessage.Text(strings(data));
      case HINFO -> new DnsMessage.Host(data.text(data.u8()), data.text(data.u8()));
      case SRV -> new DnsMessage.Service(data.u16(), data.u16(), data.u16(), name(data));
      case SOA ->
          new DnsMessage.Authority(
              name(data), name(data), data.u32(), data.u32(), data.u32(), data.u32(), data.u32());
      case OPT -> options(recordClass, ttl, data);
      default -> new DnsMessage.Other();
    };
  }

  private static String strings(PayloadReader data) throws MalformedPayloadException {
    StringBuilder text = new StringBuilder();
    while (data.remaining() > 0) {
      text.append(data.text(data.u8()));
    }
    return text.toString();
  }

  /** An OPT record has other things in the places of class and ttl. */
  private DnsMessage.Options options(int recordClass, long ttl, PayloadReader data)
      throws MalformedPayloadException {
    extendedCode = (int) (ttl >> 24);
    int count = 0;
    while (data.remaining() > 0) {
      data.skip(2);
      data.skip(data.u16());
      count++;
    }
    return new DnsMessage.Options(recordClass, (ttl & DNSSEC_OK) != 0, count);
  }

  /** A name; what it points to has to lie before it, so that no chain of pointers is endless. */
  private String name(PayloadReader at) throws MalformedPayloadException {
    StringBuilder name = new StringBuilder();
    PayloadReader labels = at;
    int earliest = labels.position();
    while (true) {
      int length = labels.u8();
      if (length == 0) {
        return name.isEmpty() ? "." : name.toString();
      } else if (length <= LONGEST_LABEL) {
        name.append(labels.text(length)).append('.');
      } else if (length >= POINTER) {
        int target = start + ((length & ~POINTER) << 8 | labels.u8());
        if (target >= earliest) {
          throw new MalformedPayloadException("a name that points forward");
        }
        earliest = target;
        labels = new PayloadReader(payload, target, payload.length);
      } else {
        throw new MalformedPayloadException("label type " + length);
      }
      if (name.length() > LONGEST_NAME) {
        throw new MalformedPayloadException("a name of more than " + LONGEST_NAME + " bytes");
      }
    }
  }
}
