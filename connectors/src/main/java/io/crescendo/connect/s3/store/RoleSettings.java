package io.crescendo.connect.s3.store;

/**
 * A role that is assumed before the store is used.
 *
 * @param arn the role
 * @param sessionName what the session is called in CloudTrail
 * @param externalId what the role's trust policy may ask for; null for none
 * @param region where STS is asked
 */
public record RoleSettings(String arn, String sessionName, String externalId, String region) {}
