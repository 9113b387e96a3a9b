package io.semanticids.store;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Opens a client of S3 as the environment says. */
final class S3Clients {
  /** An address that drops packets is an error within seconds, not minutes. */
  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** Completing an upload of many parts may take a store this long. */
  private static final Duration SILENCE = Duration.ofSeconds(60);

  private S3Clients() {}

  /**
   * A client for the endpoint and region of the environment: {@code AWS_ENDPOINT_URL_S3} or {@code
   * AWS_ENDPOINT_URL} (then with path-style addresses, since a gateway seldom has a name for each
   * bucket), {@code AWS_REGION} or {@code AWS_DEFAULT_REGION}. With an endpoint and no region it is
   * us-east-1.
   *
   * @param environment the value of a variable, or null
   */
  static S3Client open(
      UnaryOperator<@Nullable String> environment, AwsCredentialsProvider credentials) {
    return open(environment, credentials, SILENCE);
  }

  /**
   * @param silence how long the store may say nothing
   */
  static S3Client open(
      UnaryOperator<@Nullable String> environment,
      AwsCredentialsProvider credentials,
      Duration silence) {
    S3ClientBuilder builder =
        S3Client.builder()
            .credentialsProvider(credentials)
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(CONNECT)
                    .socketTimeout(silence));
    String endpoint = endpoint(environment);
    String region = first(environment, "AWS_REGION", "AWS_DEFAULT_REGION");
    if (endpoint != null) {
      builder.endpointOverride(uri(endpoint)).forcePathStyle(true);
    }
    if (region != null) {
      builder.region(Region.of(region));
    } else if (endpoint != null) {
      builder.region(profileRegion());
    }
    try {
      return builder.build();
    } catch (SdkClientException e) {
      throw new StoreDeniedException(
          "S3 cannot be used: no region is configured. Set AWS_REGION, or AWS_ENDPOINT_URL_S3 for a store that is"
              + " not Amazon's.",
          e);
    }
  }

  /** Where the store is, or null for Amazon's own. */
  static @Nullable String endpoint(UnaryOperator<@Nullable String> environment) {
    return first(environment, "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL");
  }

  private static @Nullable String first(
      UnaryOperator<@Nullable String> environment, String... names) {
    for (String name : names) {
      String value = environment.apply(name);
      if (value != null && !value.isBlank()) {
        return value.trim();
      }
    }
    return null;
  }

  private static Region profileRegion() {
    try {
      Region region = new AwsProfileRegionProvider().getRegion();
      return region == null ? Region.US_EAST_1 : region;
    } catch (SdkClientException e) {
      return Region.US_EAST_1;
    }
  }

  private static URI uri(String endpoint) {
    try {
      URI uri = new URI(endpoint);
      if (uri.getHost() != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Said below, without the text: it may hold a password.
    }
    throw new StoreDeniedException(
        "S3 cannot be used: AWS_ENDPOINT_URL_S3 is not http://host:port or https://host:port. Correct it.");
  }
}
