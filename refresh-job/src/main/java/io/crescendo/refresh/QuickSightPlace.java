package io.crescendo.refresh;

import java.util.List;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.quicksight.model.ResourcePermission;

/**
 * Where the QuickSight resources are and whose they are.
 *
 * @param region region of QuickSight
 * @param account 12 digits
 * @param owner ARN of the QuickSight user or group that may use and change them
 */
record QuickSightPlace(String region, String account, String owner) {

  /**
   * Id of the data source, the analysis and the dashboard, and what ids of data sets begin with.
   */
  static final String ID = "crescendo";

  static String dataSet(Query query) {
    return ID + "-" + query.name().replace('_', '-');
  }

  /** ARN of a resource, such as {@code dataset/crescendo-totals}. */
  String arn(String resource) {
    return "arn:%s:quicksight:%s:%s:%s"
        .formatted(
            Region.of(region).metadata() == null
                ? "aws"
                : Region.of(region).metadata().partition().id(),
            region,
            account,
            resource);
  }

  /** What the owner may do, by the names of actions without the service. */
  ResourcePermission owned(List<String> actions) {
    return ResourcePermission.builder()
        .principal(owner)
        .actions(actions.stream().map(a -> "quicksight:" + a).toList())
        .build();
  }
}
