package io.semanticids.sid;

import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a number from 1 to 9,999. */
final class Count implements ITypeConverter<Integer> {
  private static final Pattern FORM = Pattern.compile("[1-9]\\d{0,3}");

  @Override
  public Integer convert(String value) {
    if (!FORM.matcher(value).matches()) {
      throw new TypeConversionException("'%s' is no number from 1 to 9999".formatted(value));
    }
    return Integer.valueOf(value);
  }
}
