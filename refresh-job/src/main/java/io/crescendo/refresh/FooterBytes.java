package io.crescendo.refresh;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Util;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Reads the footer of a Parquet object by range, or of a file. A Parquet file ends with the footer,
 * its length (4 bytes, little-endian) and {@code PAR1}; see <a
 * href="https://parquet.apache.org/docs/file-format/">the file format</a>. One request for the last
 * {@value #TAIL} bytes is enough for most; a longer footer costs a second one.
 *
 * <p>Parquet's own reader would do the same, but needs Hadoop's MapReduce classes for it.
 */
final class FooterBytes {

  private static final int TAIL = 32 * 1024;
  private static final int END = 8;
  private static final String MAGIC = "PAR1";

  private final S3Client s3;
  private final String bucket;

  FooterBytes(S3Client s3, String bucket) {
    this.s3 = s3;
    this.bucket = bucket;
  }

  /** The last bytes of a file or an object, as many as are asked for or as there are. */
  private interface Last {
    byte[] bytes(int count) throws IOException;
  }

  /** Rows and columns of an object; throws IOException for one that is not Parquet. */
  Footers.Footer read(S3Object object) throws IOException {
    return read(object.size(), count -> last(object, count));
  }

  /** Rows and columns of a file; throws IOException for one that is not Parquet. */
  static Footers.Footer of(Path file) throws IOException {
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
      long size = open.length();
      return read(
          size,
          count -> {
            byte[] bytes = new byte[(int) Math.min(size, count)];
            open.seek(size - bytes.length);
            open.readFully(bytes);
            return bytes;
          });
    }
  }

  private static Footers.Footer read(long size, Last last) throws IOException {
    byte[] tail = last.bytes(TAIL);
    if (tail.length < END || !MAGIC.equals(magic(tail))) {
      throw new IOException("its last four bytes are not '" + MAGIC + "'");
    }
    int length = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt(tail.length - END);
    if (length <= 0 || length > size - END) {
      throw new IOException("it states a footer of %s bytes, but has %s".formatted(length, size));
    }
    byte[] bytes = length + END <= tail.length ? tail : last.bytes(length + END);
    FileMetaData metadata =
        Util.readFileMetaData(new ByteArrayInputStream(bytes, bytes.length - END - length, length));
    ParquetMetadata parquet = new ParquetMetadataConverter().fromParquetMetadata(metadata);
    return new Footers.Footer(
        metadata.getNum_rows(), ParquetColumns.of(parquet.getFileMetaData().getSchema()));
  }

  private static String magic(byte[] tail) {
    return new String(
        tail, tail.length - MAGIC.length(), MAGIC.length(), StandardCharsets.ISO_8859_1);
  }

  private byte[] last(S3Object object, int count) {
    long from = Math.max(0, object.size() - count);
    // the etag makes sure that both requests, if there are two, see the same object
    return s3.getObjectAsBytes(
            b ->
                b.bucket(bucket)
                    .key(object.key())
                    .ifMatch(object.eTag())
                    .range("bytes=%s-%s".formatted(from, object.size() - 1)))
        .asByteArrayUnsafe();
  }
}
