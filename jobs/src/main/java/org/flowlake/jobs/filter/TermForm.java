package org.flowlake.jobs.filter;

import java.util.List;

/**
 * One way a primitive can be asked for: the primitive with its qualifier, and what it then reads.
 *
 * @param primitive the row of the table
 * @param qualifier the words in front
 * @param words canonical text of qualifier and primitive, such as {@code src port}
 * @param operands the numbers of the flow that are tested; the term holds if any of them passes
 */
record TermForm(
    FilterPrimitive primitive, Qualifier qualifier, String words, List<FlowNumber> operands) {
  TermForm {
    operands = List.copyOf(operands);
  }
}
