package io.dorsal.connections;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.options.BlobParallelUploadOptions;
import io.dorsal.operations.TraceContext;
import java.util.UUID;

/**
 * Parts in Dorsal's own store, among the tenant's files, with which they go. The store's soft
 * delete keeps a deleted one for as long as the operator set it.
 */
final class KeyPartBlobs implements KeyParts {

  private final OwnStore store;

  KeyPartBlobs(OwnStore store) {
    this.store = store;
  }

  @Override
  public byte[] made(UUID tenantId, UUID connectionId) {
    var content = BinaryData.fromBytes(AesGcm.randomKey());
    var options =
        new BlobParallelUploadOptions(content)
            .setRequestConditions(new BlobRequestConditions().setIfNoneMatch("*"));
    try {
      store
          .blob(name(tenantId, connectionId), TraceContext.current())
          .uploadWithResponse(options, null, Context.NONE);
    } catch (BlobStorageException e) {
      if (!BlobErrorCode.BLOB_ALREADY_EXISTS.equals(e.getErrorCode())) {
        throw e;
      }
    }
    return of(tenantId, connectionId);
  }

  @Override
  public byte[] of(UUID tenantId, UUID connectionId) {
    try {
      return store
          .blob(name(tenantId, connectionId), TraceContext.current())
          .downloadContent()
          .toBytes();
    } catch (BlobStorageException e) {
      if (BlobErrorCode.BLOB_NOT_FOUND.equals(e.getErrorCode())) {
        throw new IllegalStateException("The connection's part of the key is not here.", e);
      }
      throw e;
    }
  }

  @Override
  public void delete(UUID tenantId, UUID connectionId) {
    store.delete(name(tenantId, connectionId), TraceContext.current());
  }

  @Override
  public long remove(UUID tenantId, int most) {
    return store.remove(folder(tenantId), most);
  }

  private static String name(UUID tenantId, UUID connectionId) {
    return folder(tenantId) + connectionId;
  }

  private static String folder(UUID tenantId) {
    return tenantId + "/keys/";
  }
}
