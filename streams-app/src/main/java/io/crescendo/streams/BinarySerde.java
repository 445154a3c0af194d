package io.crescendo.streams;

import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Carries an internal type through state stores, changelogs and repartition topics.
 *
 * <p>The first byte is the version of the form, so that no version of the app takes what another
 * one left for something else. Nothing outside the app reads these bytes.
 */
final class BinarySerde<T> implements Serde<T> {

  private static final ThreadLocal<ByteWriter> WRITERS = ThreadLocal.withInitial(ByteWriter::new);

  private final String type;
  private final int version;
  private final BiConsumer<ByteWriter, T> write;
  private final Function<ByteReader, T> read;

  /**
   * @param type what messages call it
   * @param version of its form, which every change of the form raises
   */
  BinarySerde(
      String type, int version, BiConsumer<ByteWriter, T> write, Function<ByteReader, T> read) {
    this.type = type;
    this.version = version;
    this.write = write;
    this.read = read;
  }

  @Override
  public Serializer<T> serializer() {
    return (topic, value) -> {
      if (value == null) {
        return null;
      }
      ByteWriter out = WRITERS.get();
      out.clear();
      out.writeByte(version);
      write.accept(out, value);
      return out.toBytes();
    };
  }

  @Override
  public Deserializer<T> deserializer() {
    return (topic, bytes) -> bytes == null ? null : read(topic, bytes);
  }

  private T read(String topic, byte[] bytes) {
    try {
      ByteReader in = new ByteReader(bytes);
      requireForm(type, topic, in.readByte(), version);
      return read.apply(in);
    } catch (IndexOutOfBoundsException e) {
      throw new SerializationException(
          "%s in %s ends too early, at %s bytes".formatted(type, topic, bytes.length), e);
    }
  }

  /**
   * Refuses what another version of the app wrote.
   *
   * @param type what messages call it
   * @param place the topic or store that has it
   * @throws SerializationException if the form that was found is not the one that is read
   */
  static void requireForm(String type, String place, int found, int version) {
    if (found != version) {
      throw new SerializationException(
          "%s in %s has form %s, this version of the app reads form %s; start the version that wrote it, or reset the application"
              .formatted(type, place, found, version));
    }
  }
}
