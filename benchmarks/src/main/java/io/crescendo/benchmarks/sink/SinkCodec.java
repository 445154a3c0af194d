package io.crescendo.benchmarks.sink;

import io.crescendo.connect.s3.parquet.Codec;
import java.io.IOException;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** The sink's compression for parquet-java's writers, so that encoders differ in encoding alone. */
final class SinkCodec implements CompressionCodecFactory {

  private final Codec codec;

  SinkCodec(Codec codec) {
    this.codec = codec;
  }

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName name) {
    return new BytesInputCompressor() {
      @Override
      public BytesInput compress(BytesInput bytes) throws IOException {
        return BytesInput.from(codec.compress(bytes));
      }

      @Override
      public CompressionCodecName getCodecName() {
        return codec.name();
      }

      @Override
      public void release() {}
    };
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName name) {
    throw new IllegalStateException("Nothing is read");
  }

  @Override
  public void release() {
    codec.close();
  }
}
