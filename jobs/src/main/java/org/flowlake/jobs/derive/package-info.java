/** What is not in a flow record but follows from it: by looking into payloads or into databases. */
package org.flowlake.jobs.derive;
