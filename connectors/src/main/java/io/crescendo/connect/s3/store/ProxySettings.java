package io.crescendo.connect.s3.store;

import java.net.URI;
import org.apache.kafka.common.config.types.Password;

/**
 * An HTTP proxy on the way to the store.
 *
 * @param url scheme, host and port
 * @param user null for a proxy that asks for none
 * @param password null exactly when the user is
 */
public record ProxySettings(URI url, String user, Password password) {}
