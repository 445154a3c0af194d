package io.crescendo.refresh;

import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.athena.model.EncryptionConfiguration;
import software.amazon.awssdk.services.athena.model.EncryptionOption;
import software.amazon.awssdk.services.athena.model.InvalidRequestException;
import software.amazon.awssdk.services.athena.model.WorkGroup;
import software.amazon.awssdk.services.athena.model.WorkGroupConfiguration;

/** The Athena workgroup: results encrypted, in a place of their own that no query can change. */
final class NeededWorkgroup {

  private static final EncryptionConfiguration ENCRYPTED =
      EncryptionConfiguration.builder().encryptionOption(EncryptionOption.SSE_S3).build();

  /** Also how a workgroup of this command's making is known. */
  private static final String DESCRIPTION = "Queries of the Crescendo refresh job and dashboard";

  private final AthenaClient athena;
  private final AwsSettings aws;

  NeededWorkgroup(AthenaClient athena, AwsSettings aws) {
    this.athena = athena;
    this.aws = aws;
  }

  Needed needed() {
    return new Needed(
        "Athena workgroup '%s'".formatted(aws.workgroup()), this::look, this::create, this::update);
  }

  private Needed.State look() {
    WorkGroup found;
    try {
      found = athena.getWorkGroup(b -> b.workGroup(aws.workgroup())).workGroup();
    } catch (InvalidRequestException e) {
      // Athena has no error of its own for a workgroup that is not there
      if (String.valueOf(e.getMessage()).contains("not found")) {
        return Needed.State.absent;
      }
      throw e;
    }
    WorkGroupConfiguration present = found.configuration();
    boolean same =
        present != null
            && Boolean.TRUE.equals(present.enforceWorkGroupConfiguration())
            && present.resultConfiguration() != null
            && aws.output().equals(present.resultConfiguration().outputLocation())
            && ENCRYPTED.equals(present.resultConfiguration().encryptionConfiguration());
    if (!same && !DESCRIPTION.equals(found.description())) {
      throw Needed.foreign(
          "Athena workgroup '%s'".formatted(aws.workgroup()),
          "described as '%s', with other results".formatted(found.description()));
    }
    return same ? Needed.State.same : Needed.State.differs;
  }

  private void create() {
    athena.createWorkGroup(
        b ->
            b.name(aws.workgroup())
                .description(DESCRIPTION)
                .configuration(
                    c ->
                        c.enforceWorkGroupConfiguration(true)
                            .resultConfiguration(
                                r ->
                                    r.outputLocation(aws.output())
                                        .encryptionConfiguration(ENCRYPTED))));
  }

  private void update() {
    athena.updateWorkGroup(
        b ->
            b.workGroup(aws.workgroup())
                .configurationUpdates(
                    c ->
                        c.enforceWorkGroupConfiguration(true)
                            .resultConfigurationUpdates(
                                r ->
                                    r.outputLocation(aws.output())
                                        .encryptionConfiguration(ENCRYPTED))));
  }
}
