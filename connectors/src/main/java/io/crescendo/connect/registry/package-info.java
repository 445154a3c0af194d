/**
 * Lets connectors read Avro whose schemas a registry keeps.
 *
 * <p>Start reading at {@link io.crescendo.connect.registry.RegistryAvroConverter}.
 */
package io.crescendo.connect.registry;
