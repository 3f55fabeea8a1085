package io.dorsal.local.archive;

import java.util.function.Supplier;

/** What a file says, and its bytes, made anew at each call and equal each time. */
record Content(Truth truth, Supplier<byte[]> bytes) {}
