/** Prefix-preserving anonymisation of addresses (Crypto-PAn), as nfdump's nfanon does it. */
package org.flowlake.udfs.anonymize;
