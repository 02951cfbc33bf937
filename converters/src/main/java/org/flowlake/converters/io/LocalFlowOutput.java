package org.flowlake.converters.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * A raw file in the making on a local disk, beside its place. Until it is whole it has a name that
 * every nfdump leaves out of a folder: {@code nfcapd.current.…}, as of a collector that writes.
 */
public final class LocalFlowOutput implements FlowFileOutput {
  private final Path target;
  private final Path unfinished;
  private final FileChannel channel;
  private long length;

  private LocalFlowOutput(Path target, Path unfinished) throws IOException {
    this.target = target;
    this.unfinished = unfinished;
    this.channel =
        FileChannel.open(unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /**
   * Begins a file; its folder must be there.
   *
   * @throws IOException if the target is something else than a file, such as a device, which the
   *     new file would replace
   */
  public static LocalFlowOutput create(Path target) throws IOException {
    if (Files.exists(target) && !Files.isRegularFile(target)) {
      throw new IOException(target + " is no regular file, and is not replaced");
    }
    return new LocalFlowOutput(
        target, target.resolveSibling(unfinishedName(target.getFileName().toString())));
  }

  /** A name for a file that is not whole yet, different every time. */
  private static String unfinishedName(String name) {
    return "nfcapd.current." + name + "." + UUID.randomUUID();
  }

  @Override
  public String path() {
    return target.toString();
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, count);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    length += count;
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void replaceHead(byte[] head) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(head);
    while (buffer.hasRemaining()) {
      channel.write(buffer, buffer.position());
    }
  }

  @Override
  public void commit() throws IOException {
    channel.force(true);
    channel.close();
    Files.move(
        unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(unfinished);
  }
}
