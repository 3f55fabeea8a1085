package io.dorsal.discovery;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.dorsal.discovery.metadata.ImageMetadata;
import tools.jackson.databind.json.JsonMapper;

/** Metadata as it is kept: JSON that leaves out what is not known, half of its fields mostly. */
final class MetadataJson {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .changeDefaultPropertyInclusion(
              inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
          .build();

  private MetadataJson() {}

  static String write(ImageMetadata image) {
    return JSON.writeValueAsString(image);
  }

  /** Whatever {@link #write} made, or made when it still wrote nulls. */
  static ImageMetadata read(String json) {
    return JSON.readValue(json, ImageMetadata.class);
  }
}
