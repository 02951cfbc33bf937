package org.flowlake.converters.nfcapd;

/** Is told of the records of a file that are not flows: exporters, samplers, names. */
@FunctionalInterface
interface RecordListener {
  /** Listens to nothing. */
  RecordListener NONE = (type, bytes, start, size) -> {};

  /**
   * One record.
   *
   * @param type of the record, see {@link RecordWalk}
   * @param bytes valid during the call only
   * @param start where the record's header begins
   * @param size of the whole record, bytes; lies within the array, but need not suit the type
   */
  void record(int type, byte[] bytes, int start, int size);

  /** Both listen. */
  default RecordListener and(RecordListener other) {
    return (type, bytes, start, size) -> {
      record(type, bytes, start, size);
      other.record(type, bytes, start, size);
    };
  }
}
