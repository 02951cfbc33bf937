package org.flowlake.converters.io;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Numbers in a byte array, least significant byte first, at any offset. An offset outside of the
 * array is an {@link IndexOutOfBoundsException}; callers check offsets against the record first.
 */
public final class LittleEndian {
  private static final VarHandle SHORT = view(short[].class);
  private static final VarHandle INT = view(int[].class);
  private static final VarHandle LONG = view(long[].class);

  private LittleEndian() {}

  private static VarHandle view(Class<?> arrayOfNumbers) {
    return MethodHandles.byteArrayViewVarHandle(arrayOfNumbers, ByteOrder.LITTLE_ENDIAN);
  }

  /** Unsigned, 0 to 255. */
  public static int u8(byte[] bytes, int offset) {
    return bytes[offset] & 0xFF;
  }

  /** Unsigned, 0 to 65535. */
  public static int u16(byte[] bytes, int offset) {
    return (short) SHORT.get(bytes, offset) & 0xFFFF;
  }

  /** The 32 bits as they are, signed. */
  public static int i32(byte[] bytes, int offset) {
    return (int) INT.get(bytes, offset);
  }

  /** Unsigned, 0 to 4294967295. */
  public static long u32(byte[] bytes, int offset) {
    return (int) INT.get(bytes, offset) & 0xFFFF_FFFFL;
  }

  /** The 64 bits as they are, signed. */
  public static long i64(byte[] bytes, int offset) {
    return (long) LONG.get(bytes, offset);
  }

  public static void putU16(byte[] bytes, int offset, int value) {
    SHORT.set(bytes, offset, (short) value);
  }

  public static void putI32(byte[] bytes, int offset, int value) {
    INT.set(bytes, offset, value);
  }

  public static void putI64(byte[] bytes, int offset, long value) {
    LONG.set(bytes, offset, value);
  }
}
