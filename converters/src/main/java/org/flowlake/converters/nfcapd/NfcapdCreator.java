package org.flowlake.converters.nfcapd;

/** The program that wrote an nfcapd file, as the header says since nfdump 1.7.2. */
public enum NfcapdCreator {
  UNKNOWN,
  NFCAPD,
  NFPCAPD,
  SFCAPD,
  NFDUMP,
  NFANON,
  NFPROFILE,
  GEOLOOKUP,
  FT2NFDUMP,
  TORLOOKUP;

  static NfcapdCreator ofCode(int code) {
    return code >= 0 && code < values().length ? values()[code] : UNKNOWN;
  }
}
