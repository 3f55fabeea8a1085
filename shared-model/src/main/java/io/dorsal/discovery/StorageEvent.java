package io.dorsal.discovery;

import java.util.List;

/**
 * Files of a container changed, came or went.
 *
 * @param id unique per account; a second event with it is the same
 * @param paths whole blob names; both of a renamed file
 */
public record StorageEvent(String id, String account, String container, List<String> paths) {}
