/**
 * A client of schema registries that speak Confluent's REST API (Confluent's own, Apicurio's,
 * Karapace), and the framing of records whose schemas such a registry keeps. Knows nothing of Kafka
 * or of the pipeline's topics.
 *
 * <p>Start reading at {@link io.crescendo.registry.SchemaRegistry}.
 */
package io.crescendo.registry;
