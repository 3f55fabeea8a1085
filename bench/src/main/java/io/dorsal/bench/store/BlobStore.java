package io.dorsal.bench.store;

import io.dorsal.bench.figures.Part;
import io.dorsal.bench.figures.Traffic;
import java.util.List;

/** A blob store with the files of a bench in a container, for everybody who takes part. */
public interface BlobStore extends Traffic, AutoCloseable {

  /** What it is called in titles. */
  String name();

  String account();

  /** The account's endpoint, without a slash at its end. */
  String endpoint();

  String container();

  /** Opens the container for list and read; without a question mark. */
  String sas();

  /** The version of a file as the store gives it, in quotes. */
  String etag(StubFile file);

  /** Its processes. */
  List<Part> parts();

  /** The container's address with what opens it. */
  default String containerUrl() {
    return endpoint() + "/" + container() + "?" + sas();
  }

  @Override
  void close();
}
