package io.dorsal.local.archive;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One planned file: its path and truth are known, its bytes are made on demand. Thread-safe. */
public final class DemoFile {

  private final int index;
  private final String path;
  private final Kind kind;
  private final Truth truth;
  private final Supplier<byte[]> content;
  private final @Nullable String duplicateOf;

  DemoFile(int index, String path, Kind kind, Content content, @Nullable String duplicateOf) {
    this.index = index;
    this.path = path;
    this.kind = kind;
    this.truth = content.truth();
    this.content = content.bytes();
    this.duplicateOf = duplicateOf;
  }

  public int index() {
    return index;
  }

  /** Relative to the archive's root, with {@code /} between segments. */
  public String path() {
    return path;
  }

  /** The name of the kind of file, as in {@link LedgerEntry#kind()}. */
  public String kind() {
    return kind.name();
  }

  /** By extension; null if the built-in excludes leave the file out. */
  public LedgerEntry.@Nullable FileClass fileClass() {
    return truth.fileClass();
  }

  /** True for the blobs of no bytes that some tools write in place of a folder. */
  public boolean folderMarker() {
    return kind == Kind.FOLDER_MARKER || kind == Kind.FOLDER_MARKER_SLASH;
  }

  /** The file's bytes: a new array at each call, with equal content each time. */
  public byte[] bytes() {
    return content.get();
  }

  /**
   * The truth to be written into the ledger.
   *
   * @param prefix before {@link #path()}, empty or ending in {@code /}
   * @param bytes what {@link #bytes()} gave
   */
  public LedgerEntry entry(String prefix, byte[] bytes) {
    String md5 = Base64.getEncoder().encodeToString(md5(bytes));
    String twin = duplicateOf == null ? null : prefix + duplicateOf;
    return truth.entry(prefix + path, index, kind, bytes.length, md5, twin);
  }

  static byte[] md5(byte[] bytes) {
    try {
      return MessageDigest.getInstance("MD5").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}
