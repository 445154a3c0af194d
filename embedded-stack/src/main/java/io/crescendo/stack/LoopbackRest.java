package io.crescendo.stack;

import io.crescendo.refresh.HostNames;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.rest.ConnectRestExtension;
import org.apache.kafka.connect.rest.ConnectRestExtensionContext;

/**
 * Has the worker's REST API answer under the names of this machine only. A site elsewhere may give
 * its own name the loopback address, and would configure connectors through the browser of whoever
 * visits it ("DNS rebinding").
 */
public final class LoopbackRest implements ConnectRestExtension {

  @Override
  public void register(ConnectRestExtensionContext context) {
    context.configurable().register(new Guard());
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public void configure(Map<String, ?> properties) {}

  @Override
  public void close() {}

  @PreMatching
  private static final class Guard implements ContainerRequestFilter {

    private final HostNames names = new HostNames("127.0.0.1", List.of());

    @Override
    public void filter(ContainerRequestContext request) {
      String host = request.getHeaderString(HttpHeaders.HOST);
      if (!names.allow(host)) {
        // in the form of Connect's own errors
        request.abortWith(
            Response.status(Response.Status.FORBIDDEN)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(
                    Map.of(
                        "error_code",
                        Response.Status.FORBIDDEN.getStatusCode(),
                        "message",
                        "Connect is served under %s only; this request was for '%s'"
                            .formatted(names, host)))
                .build());
      }
    }
  }
}
