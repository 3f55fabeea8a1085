package io.dorsal.local.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import io.dorsal.local.process.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;

/** The RSA key that signs local tokens; kept in a file, so that tokens outlive a restart. */
final class SigningKey {

  private SigningKey() {}

  /** The key in this file, made now if there is none. */
  static RSAKey at(Path file) throws IOException {
    if (!Files.exists(file)) {
      PrivateFiles.write(file, fresh().toJSONString());
    }
    try {
      return RSAKey.parse(Files.readString(file));
    } catch (ParseException e) {
      throw new IOException("No key in " + file + ": delete the file and start again", e);
    }
  }

  /** A key nobody trusts. */
  static RSAKey fresh() {
    try {
      return new RSAKeyGenerator(2048).keyID(OidcServer.ISSUER).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
