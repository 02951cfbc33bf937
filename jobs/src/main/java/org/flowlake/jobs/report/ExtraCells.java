package org.flowlake.jobs.report;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import org.flowlake.jobs.rows.ExtraColumn;

/** Columns beyond the fields of a flow: times lead a line, all others end it. */
final class ExtraCells {
  private static final int LEAST_WIDTH = 8;
  private static final int MICROS_PER_MILLI = 1000;

  /** Where the values are from, by the column's place. */
  @FunctionalInterface
  interface Values {
    OptionalLong at(int index);
  }

  private final List<ExtraColumn> columns;
  private final ValueScale scale;
  private final DisplayTime time;

  ExtraCells(List<ExtraColumn> columns, PrintStyle style) {
    this.columns = columns;
    this.scale = style.scale();
    this.time = new DisplayTime(style.zone());
  }

  /** The head of what leads a line, with the blank after it. */
  void lineStart(StringBuilder out) {
    for (ExtraColumn column : columns) {
      if (leads(column)) {
        out.append(column.head()).append(' ');
      }
    }
  }

  /** The head of what ends a line, with the blank before it. */
  void lineEnd(StringBuilder out) {
    for (ExtraColumn column : columns) {
      if (!leads(column)) {
        Padding.right(out.append(' '), column.head(), width(column));
      }
    }
  }

  void lineStart(Values values, StringBuilder out) {
    for (int i = 0; i < columns.size(); i++) {
      if (leads(columns.get(i))) {
        out.append(text(columns.get(i), values.at(i))).append(' ');
      }
    }
  }

  void lineEnd(Values values, StringBuilder out) {
    for (int i = 0; i < columns.size(); i++) {
      ExtraColumn column = columns.get(i);
      if (!leads(column)) {
        OptionalLong value = values.at(i);
        String text =
            value.isPresent() && column.kind() == ExtraColumn.Kind.NUMBER
                ? scale.compact(value.getAsLong())
                : text(column, value);
        Padding.right(out.append(' '), text, width(column));
      }
    }
  }

  void csvStart(StringBuilder out) {
    columns.stream().filter(ExtraCells::leads).forEach(c -> out.append(c.name()).append(','));
  }

  void csvEnd(StringBuilder out) {
    columns.stream().filter(c -> !leads(c)).forEach(c -> out.append(',').append(c.name()));
  }

  void csvStart(Values values, StringBuilder out) {
    for (int i = 0; i < columns.size(); i++) {
      if (leads(columns.get(i))) {
        out.append(text(columns.get(i), values.at(i))).append(',');
      }
    }
  }

  void csvEnd(Values values, StringBuilder out) {
    for (int i = 0; i < columns.size(); i++) {
      if (!leads(columns.get(i))) {
        out.append(',').append(text(columns.get(i), values.at(i)));
      }
    }
  }

  /** Calls back with name and JSON value of each column that has a value. */
  void json(Values values, BiConsumer<String, String> member) {
    for (int i = 0; i < columns.size(); i++) {
      OptionalLong value = values.at(i);
      if (value.isPresent()) {
        String text =
            leads(columns.get(i))
                ? '"' + time.iso(Math.floorDiv(value.getAsLong(), (long) MICROS_PER_MILLI)) + '"'
                : text(columns.get(i), value);
        member.accept(columns.get(i).name(), text.strip());
      }
    }
  }

  private String text(ExtraColumn column, OptionalLong value) {
    if (value.isEmpty()) {
      return "";
    }
    return switch (column.kind()) {
      case TIME -> time.withMillis(Math.floorDiv(value.getAsLong(), (long) MICROS_PER_MILLI));
      case NUMBER -> Long.toString(value.getAsLong());
      case MILLIS -> ValueScale.seconds(value.getAsLong());
    };
  }

  private static boolean leads(ExtraColumn column) {
    return column.kind() == ExtraColumn.Kind.TIME;
  }

  private static int width(ExtraColumn column) {
    return Math.max(LEAST_WIDTH, column.head().length());
  }
}
