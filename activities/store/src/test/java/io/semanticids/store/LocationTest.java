package io.semanticids.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocationTest {
  @ParameterizedTest
  @CsvSource({
    "/a/b, file:///a/b",
    "/a//b/, file:///a/b",
    "file:/a/b, file:///a/b",
    "file://localhost/a/b, file:///a/b",
    "FILE:///a/b/, file:///a/b",
    "/, file:///",
    "'/a b/100%', file:///a%20b/100%25",
    "'file:///a%20b/100%25', file:///a%20b/100%25",
    "/ä?#, file:///%C3%A4%3F%23",
    "/a/..b/c..d/..., file:///a/..b/c..d/...",
    "s3://bucket, s3://bucket",
    "s3://bucket/, s3://bucket",
    "s3://bucket/a/b/, s3://bucket/a/b",
    "'s3://bucket/ä b%20c', 's3://bucket/ä b%20c'",
  })
  void uriIsCanonical(String text, String uri) {
    Location location = Location.parse(text);
    assertThat(location.uri()).isEqualTo(uri);
    assertThat(Location.parse(uri)).isEqualTo(location).hasSameHashCodeAs(location);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "http://host/a",
        "s3a://bucket/a",
        "gs://bucket/a",
        "jar:file:/a!/b",
        "data:text/plain,x",
        "C:\\a",
        "s3:bucket/a",
        "s3:///a",
        "s3://b/a",
        "s3://user:pass@bucket/a",
        "s3://bucket//a",
        "s3://bucket/a//b",
        "s3://bucket/a/../b",
        "s3://bucket/..",
        "s3://bucket/./a",
        "s3://bucket/%2e%2e/a",
        "s3://bucket/%252E%252e/a",
        "s3://bucket/a%2f..%2fb",
        "s3://bucket/a\nb",
        "/a/../b",
        "/a/./b",
        "/a/%2e%2e/b",
        "/a/b\u0000c",
        "file:///a/../b",
        "file:///a/%2E%2E/b",
        "file:///a/.%2e/b",
        "file:///a/%252e%252e/b",
        "file:///a%2F..%2Fb",
        "file:///a%2fb",
        "file:///a%00b",
        "file:///a%0Ab",
        "file:///a%ffb",
        "file:///a%4",
        "file:///a%zzb",
        "file:///a?b",
        "file:///a#b",
        "file://host/a",
        "file://host",
        "file:a/b",
      })
  void whatNamesNoPlaceIsRefused(String text) {
    assertThatThrownBy(() -> Location.parse(text))
        .isInstanceOf(InvalidLocationException.class)
        .message()
        .hasLineCount(1)
        .doesNotContain("pass@");
  }

  @Test
  void relativePathsStartAtTheWorkingFolder() {
    Path here = Path.of("").toAbsolutePath();
    assertThat(Location.parse("a/b").path()).isEqualTo(here.resolve("a/b"));
    assertThat(Location.parse("../b").path()).isEqualTo(here.getParent().resolve("b"));
    assertThat(Location.parse(".").path()).isEqualTo(here);
  }

  @Test
  void childrenStayBelow() {
    Location folder = Location.parse("s3://bucket/a");
    assertThat(folder.resolve("b/c.txt").uri()).isEqualTo("s3://bucket/a/b/c.txt");
    assertThat(folder.resolve("b/c.txt").name()).isEqualTo("c.txt");
    assertThat(Location.parse("s3://bucket").resolve("x").key()).isEqualTo("x");
    assertThat(Location.parse("/").resolve("x").path()).isEqualTo(Path.of("/x"));
    for (String child : new String[] {"", "..", "a/../..", "/a", "%2e%2e", "a//b"}) {
      assertThatThrownBy(() -> folder.resolve(child)).isInstanceOf(InvalidLocationException.class);
    }
  }

  @Test
  void aNameBelowResolvesBack() {
    for (String folder : new String[] {"s3://bucket", "s3://bucket/a", "/", "/some where/á"}) {
      Location above = Location.parse(folder);
      assertThat(above.relativize(above.resolve("b c/ü#.txt"))).isEqualTo("b c/ü#.txt");
    }
    Location folder = Location.parse("s3://bucket/a");
    for (String other : new String[] {"s3://bucket/a", "s3://bucket/ab", "s3://other/a/b"}) {
      assertThatThrownBy(() -> folder.relativize(Location.parse(other)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
