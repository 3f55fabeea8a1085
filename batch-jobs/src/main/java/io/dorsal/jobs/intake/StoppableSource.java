package io.dorsal.jobs.intake;

import io.dorsal.sources.ListedFile;
import io.dorsal.sources.Source;
import io.dorsal.sources.SourcePage;
import org.jspecify.annotations.Nullable;

/** A source whose requests end when the work has to, also those that wait for a silent store. */
public final class StoppableSource implements Source {

  private final Source source;
  private final WorkSignal signal;

  public StoppableSource(Source source, WorkSignal signal) {
    this.source = source;
    this.signal = signal;
  }

  @Override
  public SourcePage list(String prefix, @Nullable String continuation) {
    return signal.reading(() -> source.list(prefix, continuation));
  }

  @Override
  public byte[] read(String path, String etag, long offset, int length) {
    return signal.reading(() -> source.read(path, etag, offset, length));
  }

  @Override
  public ListedFile stat(String path) {
    return signal.reading(() -> source.stat(path));
  }
}
