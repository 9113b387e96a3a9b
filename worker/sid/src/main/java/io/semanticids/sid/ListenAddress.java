package io.semanticids.sid;

import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 127.0.0.1:9464}, {@code :9464} or {@code 9464} (both on loopback). */
final class ListenAddress implements ITypeConverter<InetSocketAddress> {
  private static final Pattern FORM = Pattern.compile("(?:(.*):)?(\\d{1,5})");

  @Override
  public InetSocketAddress convert(String value) {
    Matcher matcher = FORM.matcher(value);
    if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > 65535) {
      throw new TypeConversionException(
          "'%s' is no address such as 127.0.0.1:9464".formatted(value));
    }
    String host = matcher.group(1);
    return new InetSocketAddress(
        host == null || host.isEmpty() ? "127.0.0.1" : host, Integer.parseInt(matcher.group(2)));
  }
}
