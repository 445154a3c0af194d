package io.crescendo.connect.s3.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crescendo.connect.s3.config.SinkConfig;
import io.crescendo.connect.s3.store.ScriptedS3.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the store is really sent, from the connector's configuration on. */
class StoreRequestsTest {

  private static final String STS_ENDPOINT = "aws.endpointUrlSts";
  private static final byte[] CUSTOMER_KEY =
      "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final Map<String, String> METADATA =
      Map.of("first-offset", "5", "last-offset", "9", "rows", "4");
  private static final String BASIC =
      "Basic "
          + Base64.getEncoder().encodeToString("user:hush".getBytes(StandardCharsets.US_ASCII));
  private static final int PART = ScriptedS3.PART;

  private ScriptedS3 s3;

  @BeforeEach
  void start() throws IOException {
    s3 = new ScriptedS3();
  }

  @AfterEach
  void stop() {
    s3.close();
    System.clearProperty(STS_ENDPOINT);
  }

  @Test
  void addsNothingThatIsNotConfigured() {
    create(10);
    Request put = s3.only();
    assertThat(put.method()).isEqualTo("PUT");
    assertThat(put.encryption()).isEmpty();
    assertThat(put.header("x-amz-acl")).isNull();
    assertThat(put.header("x-amz-tagging")).isNull();
    assertThat(put.header("If-None-Match")).isEqualTo("*");
  }

  @Test
  void asksForEncryptionWithAKmsKeyAndAnAcl() {
    String[] settings = {
      "s3.ssea.name",
      "aws:kms",
      "s3.sse.kms.key.id",
      "key-1",
      "s3.acl.canned",
      "bucket-owner-full-control"
    };
    create(10, settings);
    create(PART + 1, settings);
    for (Request request : List.of(s3.requests().get(0), s3.requests().get(1))) {
      assertThat(request.header("x-amz-server-side-encryption")).isEqualTo("aws:kms");
      assertThat(request.header("x-amz-server-side-encryption-aws-kms-key-id")).isEqualTo("key-1");
      assertThat(request.header("x-amz-acl")).isEqualTo("bucket-owner-full-control");
    }
    assertThat(s3.requests().get(1).uri().getQuery()).startsWith("uploads");
    assertThat(s3.requests().subList(2, 5))
        .as("parts, and their completion, inherit it")
        .allSatisfy(r -> assertThat(r.encryption()).isEmpty());
  }

  @Test
  void asksForEncryptionWithAes() {
    create(10, "s3.ssea.name", "AES256");
    assertThat(s3.only().header("x-amz-server-side-encryption")).isEqualTo("AES256");
  }

  @Test
  void sendsACustomersKeyWithEveryRequestAboutTheObject() {
    String key = Base64.getEncoder().encodeToString(CUSTOMER_KEY);
    String[] settings = {"s3.ssea.name", "AES256", "s3.sse.customer.key", key};
    create(10, settings);
    create(PART + 1, settings);
    try (S3ObjectStore store = store(settings)) {
      assertThat(store.metadata("key")).isPresent();
    }
    assertThat(s3.requests())
        .extracting(Request::method)
        .containsExactly("PUT", "POST", "PUT", "PUT", "POST", "HEAD");
    assertThat(s3.requests())
        .allSatisfy(
            request -> {
              assertThat(request.encryption())
                  .containsExactly(
                      "x-amz-server-side-encryption-customer-algorithm",
                      "x-amz-server-side-encryption-customer-key",
                      "x-amz-server-side-encryption-customer-key-md5");
              assertThat(request.header("x-amz-server-side-encryption-customer-algorithm"))
                  .isEqualTo("AES256");
              assertThat(request.header("x-amz-server-side-encryption-customer-key"))
                  .isEqualTo(key);
              assertThat(request.header("x-amz-server-side-encryption-customer-key-md5"))
                  .isEqualTo("hRasmdxgYDKV3nvbahU1MA==");
            });
  }

  @Test
  void tagsObjectsAsTheyAreCreated() {
    String[] settings = {
      "s3.object.tagging", "true", "s3.object.tagging.key.value.pairs", "team:a&r, tier:"
    };
    create(10, settings);
    create(PART + 1, settings);
    for (Request request : List.of(s3.requests().get(0), s3.requests().get(1))) {
      assertThat(List.of(request.header("x-amz-tagging").split("&")))
          .containsExactlyInAnyOrder(
              "team=a%26r", "tier=", "startOffset=5", "endOffset=9", "recordCount=4");
    }
  }

  @Test
  void goesThroughAProxyWithItsUser() {
    try (S3ObjectStore store =
        store(
            "store.url",
            "http://s3.example.invalid:9000",
            "s3.proxy.url",
            s3.endpoint().toString(),
            "s3.proxy.user",
            "user",
            "s3.proxy.password",
            "hush")) {
      assertThat(store.metadata("key")).isPresent();
    }
    assertThat(s3.only().uri()).hasToString("http://s3.example.invalid:9000/warehouse/key");
    assertThat(s3.only().header("Proxy-Authorization")).isEqualTo(BASIC);
  }

  @Test
  void asksTheAcceleratedEndpointInWanMode() throws Exception {
    try (ScriptedProxy proxy = new ScriptedProxy();
        S3ObjectStore store =
            store("store.url", "", "s3.wan.mode", "true", "s3.proxy.url", proxy.url())) {
      assertThatThrownBy(() -> store.metadata("key")).isInstanceOf(StoreException.class);
      assertThat(proxy.requests().get(0))
          .startsWith("CONNECT warehouse.s3-accelerate.amazonaws.com:443 HTTP/1.1");
    }
  }

  @Test
  void tellsAProxyThePasswordForAnHttpsStoreWhereJavaIsAllowedTo() throws Exception {
    try (ScriptedProxy proxy = new ScriptedProxy();
        S3ObjectStore store =
            store(
                "store.url",
                "https://s3.example.invalid",
                "s3.proxy.url",
                proxy.url(),
                "s3.proxy.user",
                "user",
                "s3.proxy.password",
                "hush")) {
      assertThatThrownBy(() -> store.metadata("key")).isInstanceOf(StoreException.class);
      assertThat(proxy.requests()).hasSizeGreaterThan(1);
      assertThat(proxy.requests().get(0)).doesNotContainIgnoringCase("Authorization");
      assertThat(proxy.requests().get(1))
          .startsWith("CONNECT s3.example.invalid:443 HTTP/1.1")
          .containsIgnoringCase("Proxy-Authorization: " + BASIC);
    }
  }

  @Test
  void assumesARoleWithTheKeysThatItIsGiven() {
    System.setProperty(STS_ENDPOINT, s3.endpoint().toString());
    create(
        10,
        "sts.role.arn",
        "arn:aws:iam::123456789012:role/sink",
        "sts.role.session.name",
        "night shift".replace(' ', '-'),
        "sts.role.external.id",
        "ext",
        "sts.region",
        "eu-west-1");
    assertRole();
  }

  @Test
  void knowsConfluentsNamesOfTheRole() {
    System.setProperty(STS_ENDPOINT, s3.endpoint().toString());
    String prefix = "s3.credentials.provider.";
    create(
        10,
        prefix + "class",
        "io.confluent.connect.s3.auth.AwsAssumeRoleCredentialsProvider",
        prefix + "sts.role.arn",
        "arn:aws:iam::123456789012:role/sink",
        prefix + "sts.role.session.name",
        "night-shift",
        prefix + "sts.role.external.id",
        "ext",
        prefix + "sts.region",
        "eu-west-1");
    assertRole();
  }

  private void assertRole() {
    Request sts = s3.requests().get(0);
    assertThat(sts.body())
        .contains("Action=AssumeRole")
        .contains("RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2Fsink")
        .contains("RoleSessionName=night-shift")
        .contains("ExternalId=ext");
    assertThat(sts.header("Authorization")).contains("Credential=key/").contains("/eu-west-1/sts/");
    Request put = s3.requests().get(1);
    assertThat(put.header("Authorization")).contains("Credential=ROLEKEY/");
    assertThat(put.header("X-Amz-Security-Token")).isEqualTo("role-token");
  }

  @Test
  void configuresAProviderOfOnesOwnAndClosesIt() {
    int open = FileCredentials.open();
    try (S3ObjectStore store =
        store(
            "aws.access.key.id",
            "",
            "aws.secret.access.key",
            "",
            "s3.credentials.provider.class",
            FileCredentials.class.getName(),
            "s3.credentials.provider.key",
            "mine")) {
      assertThat(store.metadata("key")).isPresent();
      assertThat(FileCredentials.open()).isEqualTo(open + 1);
    }
    assertThat(FileCredentials.open()).isEqualTo(open);
    assertThat(s3.only().header("Authorization")).contains("Credential=mine/1/");
  }

  @Test
  void makesTheSdksOwnProviders() {
    System.setProperty("aws.accessKeyId", "of-the-system");
    System.setProperty("aws.secretAccessKey", "secret");
    try (S3ObjectStore store =
        store(
            "aws.access.key.id",
            "",
            "aws.secret.access.key",
            "",
            "s3.credentials.provider.class",
            "software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider")) {
      assertThat(store.metadata("key")).isPresent();
    } finally {
      System.clearProperty("aws.accessKeyId");
      System.clearProperty("aws.secretAccessKey");
    }
    assertThat(s3.only().header("Authorization")).contains("Credential=of-the-system/");
  }

  @Test
  void keepsSecretsOutOfItsSettingsText() {
    Map<String, String> properties =
        properties(
            "s3.proxy.url", "http://proxy:1",
            "s3.proxy.user", "user",
            "s3.proxy.password", "hush-1",
            "s3.ssea.name", "AES256",
            "s3.sse.customer.key", Base64.getEncoder().encodeToString(CUSTOMER_KEY),
            "aws.access.key.id", "",
            "aws.secret.access.key", "",
            "s3.credentials.provider.class", FileCredentials.class.getName(),
            "s3.credentials.provider.key", "hush-2");
    assertThat(SinkConfig.settings(properties).toString())
        .doesNotContain("hush")
        .doesNotContain(Base64.getEncoder().encodeToString(CUSTOMER_KEY));
  }

  private void create(int bytes, String... more) {
    try (S3ObjectStore store = store(more)) {
      assertThat(store.create("key", InMemoryObjectStore.content(new byte[bytes]), METADATA))
          .isTrue();
    }
  }

  private S3ObjectStore store(String... more) {
    return new S3ObjectStore(SinkConfig.settings(properties(more)).store());
  }

  private Map<String, String> properties(String... more) {
    Map<String, String> properties = ScriptedS3.properties(more);
    properties.putIfAbsent("store.url", s3.endpoint().toString());
    return properties;
  }
}
