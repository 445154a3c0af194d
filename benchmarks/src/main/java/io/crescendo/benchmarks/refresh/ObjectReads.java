package io.crescendo.benchmarks.refresh;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

/** Notes which objects of the warehouse a client reads. */
final class ObjectReads implements ExecutionInterceptor {

  private final Set<String> keys = ConcurrentHashMap.newKeySet();

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    if (context.request() instanceof GetObjectRequest get && get.bucket().equals("warehouse")) {
      keys.add(get.key());
    }
  }

  /** How many different objects were read since the last call. */
  int take() {
    int count = keys.size();
    keys.clear();
    return count;
  }
}
