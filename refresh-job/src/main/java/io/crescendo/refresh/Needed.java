package io.crescendo.refresh;

import java.util.function.Supplier;

/**
 * Something that an account needs, and how to bring it about.
 *
 * @param name what it is, for people, such as {@code bucket 'warehouse'}
 * @param look how it stands; changes nothing
 * @param create makes it where it is absent
 * @param update corrects it where it differs
 */
record Needed(String name, Supplier<State> look, Runnable create, Runnable update) {

  /** A refusal to change something of that name that provisioning did not make. */
  static RefreshException foreign(String name, String seen) {
    return new RefreshException(
        "%s must be absent or of this command's making, but is there and is %s;"
                .formatted(name, seen)
            + " it was not changed, and what comes after it was left alone;"
            + " rename or remove it, or choose another name");
  }

  /** How it stands. */
  enum State {
    /** It is not there. */
    absent,
    /** It is there, and not as it should be. */
    differs,
    /** It is as it should be. */
    same
  }
}
