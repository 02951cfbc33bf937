package org.flowlake.converters.flow;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.flowlake.udfs.anonymize.Anonymization;
import org.flowlake.udfs.anonymize.CryptoPan;

/**
 * Anonymises decoded flows in place, as nfanon 1.7.8 does: every address by Crypto-PAn, AS numbers
 * become 0, and the record says that it is anonymised. Beyond nfanon, which leaves them: addresses
 * of tunnels are anonymised too, and what holds addresses or names in the clear is taken out. MAC
 * addresses stay, as there. Not safe for use by two threads.
 */
public final class FlowAnonymizer {
  /** The bit of {@link FlowField#RECORD_FLAGS} that says so. */
  public static final int ANONYMISED = 4;

  private static final long MAPPED = 0xFFFFL;
  private static final long IPV4_PREFIX = MAPPED << Integer.SIZE;

  private static final Set<FlowField> ZEROED =
      Set.of(FlowField.SRC_AS, FlowField.DST_AS, FlowField.NEXT_AS, FlowField.PREV_AS);

  /** Packets as they were seen, and names of people and subscribers. */
  private static final Set<FlowField> TAKEN_OUT =
      Set.of(
          FlowField.IN_PAYLOAD,
          FlowField.OUT_PAYLOAD,
          FlowField.FRAME,
          FlowField.USER_NAME,
          FlowField.NAT_STRING);

  /** What becomes of the values of a field. */
  public enum Treatment {
    LEFT,
    ADDRESS,
    ZEROED,
    TAKEN_OUT,
    /** The record's flags, which say that it is anonymised. */
    MARKED;

    public static Treatment of(FlowField field) {
      if (field.type() == FlowType.ADDRESS) {
        return ADDRESS;
      } else if (FlowAnonymizer.ZEROED.contains(field)) {
        return ZEROED;
      } else if (FlowAnonymizer.TAKEN_OUT.contains(field)) {
        return TAKEN_OUT;
      }
      return field == FlowField.RECORD_FLAGS ? MARKED : LEFT;
    }
  }

  /** Where a record says of which family an address is; elsewhere ::ffff:a.b.c.d is IPv4. */
  private static final Map<FlowField, FlowField> FAMILIES =
      Map.of(
          FlowField.SRC_ADDR, FlowField.IP_VERSION,
          FlowField.DST_ADDR, FlowField.IP_VERSION,
          FlowField.TUN_SRC_ADDR, FlowField.TUN_IP_VERSION,
          FlowField.TUN_DST_ADDR, FlowField.TUN_IP_VERSION);

  private final CryptoPan cryptoPan;

  public FlowAnonymizer(Anonymization anonymization) {
    this.cryptoPan = new CryptoPan(anonymization);
  }

  /**
   * Anonymises the flows of a batch from this row on.
   *
   * @param batch with {@code ip_version} beside source or destination address, and {@code
   *     tun_ip_version} beside those of tunnels
   */
  public void anonymize(FlowBatch batch, int from) {
    for (FlowField field : batch.fields()) {
      FlowColumn column = batch.column(field);
      switch (Treatment.of(field)) {
        case ADDRESS -> addresses(column, family(batch, field), from);
        case ZEROED -> zero(column, from);
        case TAKEN_OUT -> takeOut(column, from);
        case MARKED -> mark(column, from);
        case LEFT -> {}
      }
    }
  }

  /** The field that says of which IP version an address is; empty where the address itself does. */
  public static Optional<FlowField> familyOf(FlowField address) {
    return Optional.ofNullable(FAMILIES.get(address));
  }

  private static FlowColumn family(FlowBatch batch, FlowField field) {
    FlowField family = FAMILIES.get(field);
    if (family == null) {
      return null;
    }
    FlowColumn column = batch.column(family);
    if (column == null) {
      throw new IllegalArgumentException(
          field.column() + " is anonymised with " + family.column() + " beside it only");
    }
    return column;
  }

  private void addresses(FlowColumn column, FlowColumn family, int from) {
    for (int row = from; row < column.size(); row++) {
      if (column.isNull(row)) {
        continue;
      }
      long high = column.addressHigh(row);
      long low = column.addressLow(row);
      boolean ipv4 =
          high == 0
              && low >>> Integer.SIZE == MAPPED
              && (family == null || family.isNull(row) || family.intAt(row) == 4);
      if (ipv4) {
        column.setAddress(row, 0, IPV4_PREFIX | cryptoPan.ipv4((int) low) & 0xFFFF_FFFFL);
      } else {
        column.setAddress(row, cryptoPan.ipv6High(high), cryptoPan.ipv6Low(high, low));
      }
    }
  }

  private static void zero(FlowColumn column, int from) {
    for (int row = from; row < column.size(); row++) {
      if (!column.isNull(row)) {
        column.setLong(row, 0);
      }
    }
  }

  private static void takeOut(FlowColumn column, int from) {
    for (int row = from; row < column.size(); row++) {
      column.setNull(row);
    }
  }

  private static void mark(FlowColumn column, int from) {
    for (int row = from; row < column.size(); row++) {
      if (!column.isNull(row)) {
        column.setInt(row, column.intAt(row) | ANONYMISED);
      }
    }
  }
}
