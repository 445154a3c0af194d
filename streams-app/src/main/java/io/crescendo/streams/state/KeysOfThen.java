package io.crescendo.streams.state;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;

/** The keys that a store had, each with its value at the time when it is read. */
final class KeysOfThen implements KeyValueIterator<Bytes, byte[]> {

  private final Iterator<byte[]> keys;
  private final Function<Bytes, byte[]> values;
  private KeyValue<Bytes, byte[]> next;

  KeysOfThen(List<byte[]> keys, Function<Bytes, byte[]> values) {
    this.keys = keys.iterator();
    this.values = values;
  }

  @Override
  public boolean hasNext() {
    while (next == null && keys.hasNext()) {
      Bytes key = Bytes.wrap(keys.next());
      byte[] value = values.apply(key);
      next = value == null ? null : KeyValue.pair(key, value);
    }
    return next != null;
  }

  @Override
  public Bytes peekNextKey() {
    return peek().key;
  }

  @Override
  public KeyValue<Bytes, byte[]> next() {
    KeyValue<Bytes, byte[]> current = peek();
    next = null;
    return current;
  }

  private KeyValue<Bytes, byte[]> peek() {
    if (!hasNext()) {
      throw new NoSuchElementException("all keys were read");
    }
    return next;
  }

  @Override
  public void close() {
    // It holds nothing but memory.
  }
}
