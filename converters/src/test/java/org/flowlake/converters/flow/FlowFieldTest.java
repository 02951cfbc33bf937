package org.flowlake.converters.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class FlowFieldTest {
  @Test
  void everyGroupHasAField() {
    EnumSet<FlowFieldGroup> groups = EnumSet.noneOf(FlowFieldGroup.class);
    Arrays.stream(FlowField.values()).map(FlowField::group).forEach(groups::add);

    assertThat(groups).containsExactlyInAnyOrder(FlowFieldGroup.values());
  }

  @Test
  void aColumnNameFindsItsField() {
    for (FlowField field : FlowField.values()) {
      assertThat(FlowSchema.field(field.column())).contains(field);
    }
    assertThat(FlowSchema.field("no_such_column")).isEmpty();
  }

  @Test
  void fieldsOfAGroupIncludeTheCoreAndKeepTheOrderOfDeclaration() {
    assertThat(FlowField.ofGroups(EnumSet.of(FlowFieldGroup.VLAN)))
        .startsWith(FlowField.FIRST_SEEN, FlowField.LAST_SEEN)
        .endsWith(FlowField.SOURCE_ID, FlowField.SRC_VLAN, FlowField.DST_VLAN)
        .doesNotContain(FlowField.IN_SRC_MAC);
  }
}
