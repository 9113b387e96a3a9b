package io.semanticids.catalogue;

import java.util.List;
import java.util.Locale;

/**
 * One item of the sample catalogue. Items of a group are variants of one product: same brand, model
 * and material, other colour, size or pack.
 *
 * @param title a line
 * @param description one to four sentences
 * @param brand who makes it
 * @param category the department
 * @param group the product
 */
record SampleItem(String title, String description, String brand, String category, String group) {
  private static final List<String> SYLLABLES =
      List.of(
          "al", "ber", "cor", "da", "el", "fen", "gra", "hol", "is", "jun", "ka", "lin", "mor",
          "nor", "ost", "pel", "qui", "ro", "sen", "tar", "ul", "ven", "wil", "yar", "zel");
  private static final List<String> COLOURS =
      List.of(
          "black",
          "white",
          "slate grey",
          "forest green",
          "navy",
          "brick red",
          "sand",
          "mustard",
          "teal",
          "plum",
          "natural",
          "copper");
  private static final List<String> SIZES =
      List.of("small", "medium", "large", "extra large", "compact");
  private static final List<String> PACKS =
      List.of("", "", "", "set of 2", "set of 4", "pack of 6");
  private static final List<String> GRADES =
      List.of("Classic", "Pro", "Everyday", "Studio", "Heritage", "Lite", "Nordic", "Urban");

  private static final double[] DEPARTMENTS = SampleMixture.zipf(Department.ALL.size(), 0.9);

  /**
   * Composes an item.
   *
   * @param productSeed random bits of the product, equal for all of its variants
   * @param group the product's number
   * @param variantSeed random bits of the variant
   */
  static SampleItem of(long productSeed, long group, long variantSeed) {
    Words product = new Words(productSeed);
    Department department = Department.ALL.get(SampleMixture.pick(DEPARTMENTS, product.uniform()));
    String noun = product.one(department.products());
    String brand = capital(product.one(SYLLABLES) + product.one(SYLLABLES));
    String model = product.one(GRADES) + " " + (10 + product.below(90)) * 10;
    String material = product.one(department.materials());
    String trait = product.one(department.traits());
    String use = product.one(department.uses());

    Words variant = new Words(variantSeed);
    String colour = variant.one(COLOURS);
    String size = variant.one(SIZES);
    String pack = variant.one(PACKS);
    String title =
        "%s %s %s, %s, %s, %s%s"
            .formatted(
                brand, model, noun, material, colour, size, pack.isEmpty() ? "" : ", " + pack);
    StringBuilder text = new StringBuilder();
    text.append(
        "%s by %s, made of %s, in %s, size %s. "
            .formatted(capital(noun), brand, material, colour, size));
    text.append("It %s. ".formatted(trait));
    if (variant.below(4) > 0) {
      text.append("A good choice for %s. ".formatted(use));
    }
    if (variant.below(3) == 0) {
      text.append("It also %s. ".formatted(variant.one(department.traits())));
    }
    if (variant.below(5) == 0) {
      text.append("Two years' guarantee; delivered in plain paper. ");
    }
    return new SampleItem(title, text.toString().strip(), brand, department.name(), "P" + group);
  }

  private static String capital(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  /** Draws one word after another. */
  private static final class Words {
    private final long seed;
    private long drawn;

    Words(long seed) {
      this.seed = seed;
    }

    double uniform() {
      return RowHash.uniform(RowHash.bits(seed, drawn++));
    }

    int below(int bound) {
      return (int) (uniform() * bound);
    }

    String one(List<String> words) {
      return words.get(below(words.size()));
    }
  }
}
