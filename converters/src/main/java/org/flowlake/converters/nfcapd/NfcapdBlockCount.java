package org.flowlake.converters.nfcapd;

/**
 * How much a file holds, its appendix included.
 *
 * @param type of the blocks: 2 in layout 1, 3 in layout 2
 * @param blocks number of blocks
 * @param records number of records of every kind, as the blocks announce them
 */
public record NfcapdBlockCount(int type, long blocks, long records) {}
