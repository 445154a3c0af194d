package io.crescendo.connect.s3.parquet;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import io.airlift.compress.lz4.Lz4Compressor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/**
 * Compresses pages, without Hadoop's codec classes.
 *
 * <p>One instance serves every file of a task: a zstd context holds more than a megabyte outside
 * the heap, and a page before and after it is compressed another two in it, so there are as many as
 * threads that compress at once, not as many as open files. Thread-safe.
 */
public final class Codec implements AutoCloseable {

  /** The level that zstd has unless said otherwise. */
  public static final int ZSTD_LEVEL = 3;

  private final CompressionCodecName name;
  private final int zstdLevel;
  private final Queue<Workspace> workspaces = new ConcurrentLinkedQueue<>();

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
  public void close() {
    for (Workspace w = workspaces.poll(); w != null; w = workspaces.poll()) {
      w.close();
    }
  }

  /** The page compressed, in an array of its own. */
  public byte[] compress(BytesInput page) throws IOException {
    Workspace workspace = workspaces.poll();
    if (workspace == null) {
      workspace = new Workspace(this);
    }
    try {
      return workspace.compress(page);
    } finally {
      workspace.shrink();
      workspaces.add(workspace);
    }
  }

  /** What one thread needs to compress a page; arrays of that size are dear to make each time. */
  private static final class Workspace {

    private static final int LARGEST_KEPT = 4 * 1024 * 1024;

    private final CompressionCodecName codec;

    /** Null for other codecs. */
    private final ZstdCompressCtx zstd;

    private Page page = new Page();
    private byte[] out = new byte[0];

    Workspace(Codec codec) {
      this.codec = codec.name;
      this.zstd =
          codec.name == CompressionCodecName.ZSTD
              ? new ZstdCompressCtx().setLevel(codec.zstdLevel)
              : null;
    }

    byte[] compress(BytesInput bytes) throws IOException {
      page.reset();
      bytes.writeAllTo(page);
      return switch (codec) {
        case ZSTD -> zstd();
        case SNAPPY -> snappy();
        case GZIP -> gzip();
        case LZ4_RAW -> lz4();
        case UNCOMPRESSED -> page.toByteArray();
        default -> throw new IllegalStateException("No codec " + codec);
      };
    }

    /** Lets go of the room that a page took which was larger than most. */
    void shrink() {
      if (page.array().length > LARGEST_KEPT) {
        page = new Page();
        out = new byte[0];
      }
    }

    void close() {
      if (zstd != null) {
        zstd.close();
      }
    }

    private byte[] zstd() {
      room(Zstd.compressBound(page.size()));
      return out(zstd.compressByteArray(out, 0, out.length, page.array(), 0, page.size()));
    }

    private byte[] snappy() throws IOException {
      room(Snappy.maxCompressedLength(page.size()));
      return out(Snappy.compress(page.array(), 0, page.size(), out, 0));
    }

    private byte[] gzip() throws IOException {
      ByteArrayOutputStream zipped = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
        page.writeTo(gzip);
      }
      return zipped.toByteArray();
    }

    private byte[] lz4() {
      Lz4Compressor lz4 = new Lz4Compressor();
      room(lz4.maxCompressedLength(page.size()));
      return out(lz4.compress(page.array(), 0, page.size(), out, 0, out.length));
    }

    private void room(long bytes) {
      if (out.length < bytes) {
        out = new byte[Math.toIntExact(bytes)];
      }
    }

    private byte[] out(int length) {
      return Arrays.copyOf(out, length);
    }
  }

  /** Bytes of a page in one array, without a copy to get at them. */
  private static final class Page extends ByteArrayOutputStream {

    byte[] array() {
      return buf;
    }
  }
}
