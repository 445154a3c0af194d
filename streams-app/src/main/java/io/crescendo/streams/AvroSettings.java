package io.crescendo.streams;

import io.crescendo.registry.RegistrySettings;
import io.crescendo.registry.SchemaRegistry;
import io.crescendo.schemas.AvroFormat;
import io.crescendo.schemas.Topics;
import java.util.List;
import java.util.Optional;

/**
 * How the app writes Avro.
 *
 * @param registry schema registry whose wire format is used; absent for single-object encoding,
 *     which needs none
 * @param register whether the app registers schemas that the registry does not have
 */
public record AvroSettings(Optional<RegistrySettings> registry, boolean register) {

  static AvroSettings read(SettingsReader in) {
    boolean register = in.truth(Setting.SCHEMA_REGISTRY_REGISTER);
    Optional<String> urls = in.optionalText(Setting.SCHEMA_REGISTRY_URL);
    Optional<String> userInfo = in.optionalText(Setting.SCHEMA_REGISTRY_USER_INFO);
    if (urls.isEmpty()) {
      userInfo.ifPresent(
          u ->
              in.problems()
                  .add(
                      "%s is given, so %s must be, too"
                          .formatted(
                              Setting.SCHEMA_REGISTRY_USER_INFO.key(),
                              Setting.SCHEMA_REGISTRY_URL.key())));
      return new AvroSettings(Optional.empty(), register);
    }
    try {
      return new AvroSettings(
          Optional.of(RegistrySettings.of(urls.get(), userInfo.orElse(""))), register);
    } catch (IllegalArgumentException e) {
      in.problems().add("%s: %s".formatted(Setting.SCHEMA_REGISTRY_URL.key(), e.getMessage()));
      return new AvroSettings(Optional.empty(), register);
    }
  }

  /**
   * The format; asks the registry, where there is one, whether the schemas of the app may follow
   * those that it has.
   *
   * @throws io.crescendo.registry.RegistryException if they may not, or it does not answer
   */
  AvroFormat format() {
    return registry
        .map(
            r ->
                AvroFormat.writing(
                    new SchemaRegistry(r),
                    register,
                    List.of(Topics.ARTISTS, Topics.GENRE_FOLLOWERS, Topics.ARTIST_REJECTS)))
        .orElseGet(AvroFormat::singleObject);
  }
}
