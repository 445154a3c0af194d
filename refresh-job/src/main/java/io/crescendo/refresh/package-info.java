/**
 * One refresh: crawl the warehouse, run the queries, refresh the dashboard.
 *
 * <p>Start reading at {@link io.crescendo.refresh.RefreshJob}, then its three ports {@link
 * io.crescendo.refresh.Crawler}, {@link io.crescendo.refresh.QueryEngine} and {@link
 * io.crescendo.refresh.Dashboard}. {@link io.crescendo.refresh.DashboardServer} shows what a run
 * leaves behind, and its {@code Explorer} answers what a viewer asks beyond it. The questions are
 * files: {@code queries/*.sql} among the resources.
 */
package io.crescendo.refresh;
