/** Countries, places and autonomous systems of addresses, from files in MaxMind's format. */
package org.flowlake.udfs.geo;
