package io.dorsal.discovery;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file as lists show it.
 *
 * @param path byte-exact, as the source names it
 * @param displayPath the path for the eye, see {@link DisplayPaths}
 * @param fileClass by the extension
 * @param size bytes
 * @param code why it is not INSPECTED
 * @param notes what was odd all the same
 * @param localTakenAt the camera's wall time
 * @param utcOffset as written beside it
 * @param latitude degrees, north positive
 * @param longitude degrees, east positive
 * @param companionOf the JPEG of the same shot, for raw images
 */
public record FoundFile(
    UUID id,
    String path,
    String displayPath,
    @JsonProperty("class") String fileClass,
    long size,
    Instant lastModified,
    FileState state,
    @Nullable String code,
    List<String> notes,
    @Nullable LocalDateTime localTakenAt,
    @Nullable String utcOffset,
    @Nullable Double latitude,
    @Nullable Double longitude,
    @Nullable String cameraKey,
    @Nullable Integer width,
    @Nullable Integer height,
    @Nullable UUID companionOf) {}
