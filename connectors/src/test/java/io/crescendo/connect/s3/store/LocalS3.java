package io.crescendo.connect.s3.store;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.kafka.common.config.types.Password;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/** An S3 endpoint on loopback that keeps objects as files and checks signatures. */
public final class LocalS3 implements AutoCloseable {

  public static final String BUCKET = "warehouse";
  public static final String KEY = "local";
  public static final String SECRET = "local-secret";

  private final S3Proxy proxy;
  private final Path directory;

  public LocalS3(Path directory) throws Exception {
    this.directory = directory;
    Files.createDirectories(directory.resolve(BUCKET));
    proxy =
        S3Proxy.builder()
            .blobStore(new FilesystemNio2BlobStore(directory.toString()))
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V4, KEY, SECRET)
            .stopTimeout(0)
            .build();
    proxy.start();
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + proxy.getPort());
  }

  S3Settings settings(boolean conditionalWrites) {
    return settings(BUCKET, conditionalWrites);
  }

  S3Settings settings(String bucket, boolean conditionalWrites) {
    return new S3Settings(
        bucket,
        "us-east-1",
        endpoint(),
        true,
        false,
        IdentitySettings.of(KEY, new Password(SECRET)),
        null,
        5L * 1024 * 1024,
        1,
        Duration.ofMillis(1),
        conditionalWrites,
        ObjectSettings.PLAIN);
  }

  byte[] read(String key) throws IOException {
    return Files.readAllBytes(directory.resolve(BUCKET).resolve(key));
  }

  @Override
  public void close() throws Exception {
    proxy.stop();
  }
}
