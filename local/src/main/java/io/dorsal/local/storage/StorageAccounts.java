package io.dorsal.local.storage;

import io.dorsal.local.process.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The accounts of the local store and their keys, made at the first start: {@value #SOURCE} holds
 * archives as a customer's account would, {@value #STORE} is Dorsal's own.
 */
public final class StorageAccounts {

  public static final String SOURCE = "source";
  public static final String STORE = "store";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Map<String, String> keys;

  private StorageAccounts(Map<String, String> keys) {
    this.keys = keys;
  }

  /** The accounts whose keys are in this file, made now if there is none. */
  public static StorageAccounts at(Path file) throws IOException {
    if (!Files.exists(file)) {
      Map<String, String> fresh = new LinkedHashMap<>();
      fresh.put(SOURCE, randomKey());
      fresh.put(STORE, randomKey());
      PrivateFiles.write(file, JSON.writeValueAsString(fresh));
    }
    Map<String, String> keys = JSON.readValue(file.toFile(), new TypeReference<>() {});
    return new StorageAccounts(Map.copyOf(keys));
  }

  /**
   * The base64 key of an account.
   *
   * @throws IllegalArgumentException for an account that does not exist
   */
  public String key(String account) {
    String key = keys.get(account);
    if (key == null) {
      throw new IllegalArgumentException(
          "No local storage account " + account + ": " + keys.keySet());
    }
    return key;
  }

  /** What Azurite takes: {@code name:key;name:key}. */
  public String forAzurite() {
    return SOURCE + ":" + key(SOURCE) + ";" + STORE + ":" + key(STORE);
  }

  @Override
  public String toString() {
    return "StorageAccounts" + keys.keySet();
  }

  private static String randomKey() {
    byte[] bytes = new byte[64];
    new SecureRandom().nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
