package io.semanticids.sid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class OptionFormsTest {
  @ParameterizedTest
  @CsvSource({"7,7", "3k,3072", "500m,524288000", "20G,21474836480", "1tb,1099511627776"})
  void sizes(String text, long bytes) {
    assertThat(new ByteSize().convert(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource({"90s,PT1M30S", "10m,PT10M", "1H,PT1H"})
  void times(String text, Duration time) {
    assertThat(new TimeSpan().convert(text)).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0s", "10", "-1m", "1.5h", "1d", "ten minutes"})
  void whatIsNoTime(String text) {
    assertThatThrownBy(() -> new TimeSpan().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessage("'%s' is no time such as 90s, 10m or 1h", text);
  }

  @ParameterizedTest
  @CsvSource({
    "9464,127.0.0.1,9464",
    ":9464,127.0.0.1,9464",
    "0.0.0.0:80,0.0.0.0,80",
    "127.0.0.1:0,127.0.0.1,0"
  })
  void addresses(String text, String host, int port) {
    assertThat(new ListenAddress().convert(text).getHostString()).isEqualTo(host);
    assertThat(new ListenAddress().convert(text).getPort()).isEqualTo(port);
  }
}
