/**
 * Finds flows of few hosts in a lake without a scan: addresses first, other columns only where such
 * flows lie.
 */
package org.flowlake.converters.search;
