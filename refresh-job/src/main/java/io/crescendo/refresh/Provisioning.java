package io.crescendo.refresh;

import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Brings an account to what the pipeline needs, one thing after another, and says what it changed.
 * What is as it should be is left alone, so a second time changes nothing, and a time that was cut
 * off is made good by the next one.
 */
final class Provisioning {

  private Provisioning() {}

  /**
   * Goes through all of it.
   *
   * @param deadline looked at before each thing
   * @param dryRun whether to say what would be done, and do none of it
   * @param say takes a line for each thing, at once
   * @return how many things were changed, or would be
   * @throws DeadlineException once it has passed
   * @throws RefreshException at the first thing that fails; what comes after it is left alone
   */
  static int carryOut(
      List<Needed> things, Deadline deadline, boolean dryRun, Consumer<String> say) {
    int changes = 0;
    for (Needed thing : things) {
      deadline.check("Provisioning, which comes to %s, had".formatted(thing.name()));
      Needed.State state = attempt(thing, "looked at", thing.look()::get);
      switch (state) {
        case same -> say.accept("unchanged     " + thing.name());
        case absent -> {
          say.accept((dryRun ? "would create  " : "create        ") + thing.name());
          attempt(thing, "created", () -> done(dryRun, thing.create()));
        }
        case differs -> {
          say.accept((dryRun ? "would update  " : "update        ") + thing.name());
          attempt(thing, "updated", () -> done(dryRun, thing.update()));
        }
      }
      changes += state == Needed.State.same ? 0 : 1;
    }
    return changes;
  }

  private static boolean done(boolean dryRun, Runnable change) {
    if (!dryRun) {
      change.run();
    }
    return !dryRun;
  }

  private static <T> T attempt(Needed thing, String what, java.util.function.Supplier<T> work) {
    try {
      return work.get();
    } catch (SdkException e) {
      throw new RefreshException(
          "%s could not be %s: %s; what comes after it was left alone"
              .formatted(thing.name(), what, Reason.of(e)),
          e);
    }
  }
}
