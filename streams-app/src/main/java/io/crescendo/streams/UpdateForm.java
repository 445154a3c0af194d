package io.crescendo.streams;

import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.utils.Bytes;

/** Binary form of an {@link Update} on its way to its artist's home partition. */
final class UpdateForm {

  private static final int STATED = 1;
  private static final int DELETED = 2;

  private UpdateForm() {}

  static Serde<Update> serde() {
    return new BinarySerde<>("update", 1, UpdateForm::write, UpdateForm::read);
  }

  private static void write(ByteWriter out, Update update) {
    out.writeByte((update.observedAtStated() ? STATED : 0) | (update.deleted() ? DELETED : 0));
    out.writeString(update.id());
    out.writeString(update.name());
    out.writeStrings(update.genres());
    out.writeLong(update.followers());
    out.writePopularity(update.popularity());
    out.writeLong(update.observedAt());
    out.writeString(update.source());
    out.writeLong(update.origin().partition());
    out.writeLong(update.origin().offset());
    out.writeLong(update.origin().timestamp());
    out.writeBytes(update.keyBytes());
    out.writeBytes(update.valueBytes());
  }

  private static Update read(ByteReader in) {
    int flags = in.readByte();
    return new Update(
        in.readString(),
        in.readString(),
        in.readStrings(),
        in.readLong(),
        in.readPopularity(),
        in.readLong(),
        (flags & STATED) != 0,
        (flags & DELETED) != 0,
        in.readString(),
        new Origin((int) in.readLong(), in.readLong(), in.readLong()),
        Bytes.wrap(in.readBytes()),
        Bytes.wrap(in.readBytes()));
  }
}
