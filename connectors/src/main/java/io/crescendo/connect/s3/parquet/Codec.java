package io.crescendo.connect.s3.parquet;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import io.airlift.compress.lz4.Lz4Compressor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/**
 * Compresses pages, without Hadoop's codec classes.
 *
 * <p>One instance serves every file of a task: a zstd context holds more than a megabyte outside
 * the heap, so there are as many as threads that compress at once, not as many as open files.
 * Thread-safe.
 */
public final class Codec implements CompressionCodecFactory, AutoCloseable {

  /** The level that zstd has unless said otherwise. */
  public static final int ZSTD_LEVEL = 3;

  private final CompressionCodecName name;
  private final int zstdLevel;
  private final Queue<ZstdCompressCtx> contexts = new ConcurrentLinkedQueue<>();

  /** A codec of that name, with {@link #ZSTD_LEVEL}. */
  public Codec(CompressionCodecName name) {
    this(name, ZSTD_LEVEL);
  }

  /**
   * A codec of that name: UNCOMPRESSED, SNAPPY, GZIP, ZSTD or LZ4_RAW.
   *
   * @param zstdLevel from 1, the fastest, to 22, which only ZSTD heeds
   */
  public Codec(CompressionCodecName name, int zstdLevel) {
    this.name = name;
    this.zstdLevel = zstdLevel;
  }

  /** The codec's name. */
  public CompressionCodecName name() {
    return name;
  }

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName codec) {
    return new Compressor(codec);
  }

  /**
   * @throws IllegalStateException always: this codec only writes
   */
  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
    throw new IllegalStateException("The sink reads no Parquet");
  }

  /** Called by each file that closes, while others are still open. */
  @Override
  public void release() {}

  @Override
  public void close() {
    for (ZstdCompressCtx c = contexts.poll(); c != null; c = contexts.poll()) {
      c.close();
    }
  }

  private BytesInput compress(BytesInput page) throws IOException {
    if (name == CompressionCodecName.UNCOMPRESSED) {
      return page;
    }
    Page bytes = new Page((int) page.size());
    page.writeAllTo(bytes);
    return switch (name) {
      case ZSTD -> zstd(bytes);
      case SNAPPY -> snappy(bytes);
      case GZIP -> gzip(bytes);
      case LZ4_RAW -> lz4(bytes);
      default -> throw new IllegalStateException("No codec " + name);
    };
  }

  private BytesInput zstd(Page page) {
    ZstdCompressCtx context = contexts.poll();
    if (context == null) {
      context = new ZstdCompressCtx().setLevel(zstdLevel);
    }
    try {
      byte[] out = new byte[(int) Zstd.compressBound(page.size())];
      int length = context.compressByteArray(out, 0, out.length, page.array(), 0, page.size());
      return BytesInput.from(out, 0, length);
    } finally {
      contexts.add(context);
    }
  }

  private static BytesInput snappy(Page page) throws IOException {
    byte[] out = new byte[Snappy.maxCompressedLength(page.size())];
    return BytesInput.from(out, 0, Snappy.compress(page.array(), 0, page.size(), out, 0));
  }

  private static BytesInput gzip(Page page) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(page.array(), 0, page.size());
    }
    return BytesInput.from(out);
  }

  private static BytesInput lz4(Page page) {
    Lz4Compressor lz4 = new Lz4Compressor();
    byte[] out = new byte[lz4.maxCompressedLength(page.size())];
    int length = lz4.compress(page.array(), 0, page.size(), out, 0, out.length);
    return BytesInput.from(out, 0, length);
  }

  private final class Compressor implements BytesInputCompressor {

    private final CompressionCodecName codec;

    Compressor(CompressionCodecName codec) {
      this.codec = codec;
    }

    @Override
    public BytesInput compress(BytesInput bytes) throws IOException {
      return Codec.this.compress(bytes);
    }

    @Override
    public CompressionCodecName getCodecName() {
      return codec;
    }

    @Override
    public void release() {}
  }

  /** Bytes of a page in one array, without a copy to get at them. */
  private static final class Page extends ByteArrayOutputStream {

    Page(int size) {
      super(size);
    }

    byte[] array() {
      return buf;
    }
  }
}
