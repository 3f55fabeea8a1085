package io.dorsal.jobs.contents;

import org.jspecify.annotations.Nullable;

/**
 * One line to a parser process.
 *
 * @param file to read
 * @param result file to write what was read to
 * @param mediaType by the first bytes; null for none of the known formats
 * @param idPattern regular expression; null for none
 */
record ParserRequest(
    String file,
    String result,
    @Nullable String mediaType,
    String extension,
    @Nullable String idPattern) {}
