package org.flowlake.converters.parquet.write;

/** What the columns of a file need while they are encoded, one after another. */
record EncodingMemory(WordDictionary dictionary, PageBytes levels, PageBytes values) {
  EncodingMemory() {
    this(new WordDictionary(), new PageBytes(), new PageBytes());
  }
}
