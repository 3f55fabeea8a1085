package io.dorsal.local.archive;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A person with filing habits.
 *
 * @param artist what the cameras are told to write as EXIF Artist
 * @param byLine what the captioning program writes as IPTC By-line; null: no captions
 * @param creator what the photo library writes as dc:creator; null: no library
 */
record Photographer(
    String name,
    String initials,
    @Nullable String artist,
    @Nullable String byLine,
    @Nullable String creator,
    FolderHabit habit,
    List<Camera> cameras,
    List<Site> sites) {}
