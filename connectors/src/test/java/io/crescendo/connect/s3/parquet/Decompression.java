package io.crescendo.connect.s3.parquet;

import com.github.luben.zstd.Zstd;
import io.airlift.compress.lz4.Lz4Decompressor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/** Reads compressed pages without Hadoop, whose codecs need half of Hadoop's dependencies. */
final class Decompression implements CompressionCodecFactory {

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName codec) {
    throw new IllegalStateException("for reading");
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
    return new Decompressor(codec);
  }

  @Override
  public void release() {}

  private record Decompressor(CompressionCodecName codec) implements BytesInputDecompressor {

    @Override
    public BytesInput decompress(BytesInput bytes, int size) throws IOException {
      return BytesInput.from(decompress(bytes.toByteArray(), size));
    }

    @Override
    public void decompress(ByteBuffer in, int inSize, ByteBuffer out, int outSize)
        throws IOException {
      byte[] bytes = new byte[inSize];
      in.get(bytes);
      out.put(decompress(bytes, outSize));
    }

    private byte[] decompress(byte[] bytes, int size) throws IOException {
      switch (codec) {
        case UNCOMPRESSED:
          return bytes;
        case ZSTD:
          return Zstd.decompress(bytes, size);
        case SNAPPY:
          return Snappy.uncompress(bytes);
        case GZIP:
          return new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
        case LZ4_RAW:
          byte[] out = new byte[size];
          new Lz4Decompressor().decompress(bytes, 0, bytes.length, out, 0, size);
          return out;
        default:
          throw new IOException("No codec " + codec);
      }
    }

    @Override
    public void release() {}
  }
}
