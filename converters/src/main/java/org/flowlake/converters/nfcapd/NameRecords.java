package org.flowlake.converters.nfcapd;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.flowlake.converters.io.LittleEndian;
import org.flowlake.converters.nfcapd.CollectorName.Kind;

/**
 * Names that a collector wrote between the flows.
 *
 * <pre>
 * all three: 4 u16 elements; 6 u16 bytes of an element
 * interface (13) and VRF names (14): 8 u32 bytes of a name; 12 elements of { u32 id, name }
 * application names (12): 8 u16 bytes of an id; 10 u16 of a name; 12 u16 of a description;
 *   14 elements of { id, name, description }
 * </pre>
 *
 * Texts end at their first zero byte. Elements that do not lie in the record are left out, as are
 * application names of before 1.7.2, whose elements have no size. Of several names of one number
 * the last one counts.
 */
final class NameRecords implements RecordListener {
  private static final int ELEMENTS = 12;
  private static final int ID_BYTES = 4;
  private static final int APPLICATIONS = 14;

  private record Key(Kind kind, String id) {}

  private final Map<Key, CollectorName> names = new LinkedHashMap<>();

  List<CollectorName> names() {
    return List.copyOf(names.values());
  }

  @Override
  public void record(int type, byte[] bytes, int start, int size) {
    switch (type) {
      case RecordWalk.INTERFACE_NAMES -> numbers(Kind.INTERFACE, bytes, start, size);
      case RecordWalk.VRF_NAMES -> numbers(Kind.VRF, bytes, start, size);
      case RecordWalk.APPLICATION_NAMES -> applications(bytes, start, size);
      default -> {}
    }
  }

  private void numbers(Kind kind, byte[] bytes, int start, int size) {
    if (size < ELEMENTS) {
      return;
    }
    int elements = LittleEndian.u16(bytes, start + 4);
    int elementBytes = LittleEndian.u16(bytes, start + 6);
    int at = start + ELEMENTS;
    for (int i = 0; i < elements && elementBytes > ID_BYTES; i++, at += elementBytes) {
      if (at + elementBytes > start + size) {
        return;
      }
      String id = Long.toString(LittleEndian.u32(bytes, at));
      add(kind, id, text(bytes, at + ID_BYTES, elementBytes - ID_BYTES));
    }
  }

  private void applications(byte[] bytes, int start, int size) {
    if (size < APPLICATIONS) {
      return;
    }
    int elements = LittleEndian.u16(bytes, start + 4);
    int elementBytes = LittleEndian.u16(bytes, start + 6);
    int idBytes = LittleEndian.u16(bytes, start + 8);
    int nameBytes = LittleEndian.u16(bytes, start + 10);
    int descriptionBytes = LittleEndian.u16(bytes, start + 12);
    if (elementBytes == 0 || idBytes + nameBytes + descriptionBytes > elementBytes) {
      return;
    }
    int at = start + APPLICATIONS;
    for (int i = 0; i < elements; i++, at += elementBytes) {
      if (at + elementBytes > start + size) {
        return;
      }
      String name = text(bytes, at + idBytes, nameBytes);
      if (descriptionBytes > 0) {
        name += "/" + text(bytes, at + idBytes + nameBytes, descriptionBytes);
      }
      byte[] id = Arrays.copyOfRange(bytes, at, at + idBytes);
      add(Kind.APPLICATION, CollectorName.applicationId(id), name);
    }
  }

  private void add(Kind kind, String id, String name) {
    Key key = new Key(kind, id);
    names.remove(key);
    names.put(key, new CollectorName(kind, id, name));
  }

  private static String text(byte[] bytes, int from, int most) {
    int length = 0;
    while (length < most && bytes[from + length] != 0) {
      length++;
    }
    return new String(bytes, from, length, StandardCharsets.UTF_8);
  }
}
