/**
 * The object store as the protocol needs it: create if absent, with metadata, and look. Start
 * reading at {@link io.crescendo.connect.s3.store.ObjectStore}.
 */
package io.crescendo.connect.s3.store;
