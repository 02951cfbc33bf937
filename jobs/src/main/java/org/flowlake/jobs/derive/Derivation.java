package org.flowlake.jobs.derive;

import java.io.Serializable;
import java.util.List;
import org.flowlake.converters.flow.FlowField;

/** A text that follows from other fields of a flow. */
public interface Derivation extends Serializable {
  /** The fields that it reads; a flow without one of them has no such text. */
  List<FlowField> fields();

  /**
   * The texts of a flow that carries all the fields: none, one, or, where one field holds several
   * things, all of them.
   */
  List<String> texts(FlowFields flow);

  /** The first text; null where there is none or the flow lacks a field. */
  default String text(FlowFields flow) {
    for (FlowField field : fields()) {
      if (!flow.has(field)) {
        return null;
      }
    }
    List<String> texts = texts(flow);
    return texts.isEmpty() ? null : texts.get(0);
  }
}
