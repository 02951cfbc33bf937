package org.flowlake.converters.nfcapd;

import java.util.ArrayList;
import java.util.List;
import org.flowlake.converters.io.LittleEndian;

/**
 * An extension map of a layout 1 file: which extensions follow the required data of the flow
 * records that name it, in order.
 *
 * <pre>
 * 0 u16 type 2, u16 size; 4 u16 map; 6 u16 bytes of all extensions; 8 u16 numbers[], ended by 0
 * </pre>
 *
 * @param map the number that records name it by
 * @param bytes size of all its extensions
 */
record LayoutOneMap(int map, List<LayoutOneExtension> extensions, int bytes) {
  private static final int HEADER_BYTES = 8;

  static LayoutOneMap read(byte[] in, int start, int size) throws DamagedBlockException {
    if (size <= HEADER_BYTES || size % 4 != 0) {
      throw new DamagedBlockException(
          "extension map of " + size + " bytes, expected 12 or more, a multiple of 4");
    }
    List<LayoutOneExtension> extensions = new ArrayList<>();
    int bytes = 0;
    for (int at = start + HEADER_BYTES; at < start + size; at += 2) {
      int number = LittleEndian.u16(in, at);
      if (number == 0) {
        return checked(in, start, extensions, bytes);
      }
      if (number >= LayoutOneExtension.NUMBERS) {
        throw new DamagedBlockException(
            "extension map with number " + number + ", expected 0 to 49");
      }
      LayoutOneExtension extension = LayoutOneExtension.ofNumber(number);
      if (extension != null) {
        extensions.add(extension);
        bytes += extension.bytes();
      }
    }
    throw new DamagedBlockException("extension map without the 0 that ends it");
  }

  private static LayoutOneMap checked(
      byte[] in, int start, List<LayoutOneExtension> extensions, int bytes)
      throws DamagedBlockException {
    int stated = LittleEndian.u16(in, start + 6);
    if (stated != bytes) {
      throw new DamagedBlockException(
          "extension map that states " + stated + " bytes for extensions of " + bytes);
    }
    return new LayoutOneMap(LittleEndian.u16(in, start + 4), List.copyOf(extensions), bytes);
  }
}
