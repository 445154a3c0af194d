package io.crescendo.refresh;

import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.services.quicksight.QuickSightClient;
import software.amazon.awssdk.services.quicksight.model.ResourceNotFoundException;
import software.amazon.awssdk.services.quicksight.model.Tag;

/**
 * Marks QuickSight resources, by a tag, with the hash of the definition that they were made from.
 * QuickSight gives definitions back in other words than it was given them, so they cannot be
 * compared; and what people change in a dashboard stays until its definition here changes.
 *
 * <p>A resource gets its mark last, so one whose making was cut off is made again. It has the tag
 * from its creation on, so one without it is somebody else's, and is not touched.
 */
final class QuickSightMarks {

  private static final String KEY = "crescendo:definition";
  // part of every hash: a new way to turn queries into visuals is to replace the old one's
  private static final String VERSION = "2";

  /** Tag of a resource from its creation on, until that is done. */
  static final Tag UNFINISHED = Tag.builder().key(KEY).value("unfinished").build();

  private final QuickSightClient quickSight;
  private final Poller poller;
  private final Deadline deadline;

  QuickSightMarks(QuickSightClient quickSight, Poller poller, Deadline deadline) {
    this.quickSight = quickSight;
    this.poller = poller;
    this.deadline = deadline;
  }

  /**
   * A resource that is made from a definition.
   *
   * @param definition all that it is made from
   */
  Needed needed(String name, String arn, String definition, Runnable create, Runnable update) {
    String mark = hash(definition);
    return new Needed(
        name,
        () -> look(name, arn, mark),
        () -> marked(arn, mark, create),
        () -> marked(arn, mark, update));
  }

  private Needed.State look(String name, String arn, String mark) {
    try {
      Tag present =
          quickSight.listTagsForResource(b -> b.resourceArn(arn)).tags().stream()
              .filter(t -> t.key().equals(KEY))
              .findFirst()
              .orElseThrow(() -> Needed.foreign(name, "without the tag '%s'".formatted(KEY)));
      return present.value().equals(mark) ? Needed.State.same : Needed.State.differs;
    } catch (ResourceNotFoundException e) {
      return Needed.State.absent;
    }
  }

  private void marked(String arn, String mark, Runnable change) {
    change.run();
    quickSight.tagResource(
        b -> b.resourceArn(arn).tags(Tag.builder().key(KEY).value(mark).build()));
  }

  /** Waits until a resource that QuickSight makes in its own time is made. */
  <T> void await(
      String name, Supplier<T> look, Function<T, String> status, Function<T, String> errors) {
    T end =
        poller.until(
            deadline,
            look,
            seen -> !String.valueOf(status.apply(seen)).endsWith("IN_PROGRESS"),
            seen -> "%s (%s) had".formatted(name, status.apply(seen)));
    if (!String.valueOf(status.apply(end)).endsWith("SUCCESSFUL")) {
      throw new RefreshException(
          "%s ended %s: %s; what comes after it was left alone"
              .formatted(name, status.apply(end), errors.apply(end)));
    }
  }

  private static String hash(String definition) {
    return Sha256.hex(VERSION + "\n" + definition, 16);
  }
}
