/**
 * The launcher {@code ./crescendo}: one command line over all modules, pointed at the stack that
 * runs on this machine.
 *
 * <p>Start reading at {@link io.crescendo.stack.cli.Crescendo}.
 */
package io.crescendo.stack.cli;
