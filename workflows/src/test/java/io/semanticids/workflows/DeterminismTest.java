package io.semanticids.workflows;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Workflow code has no clock, no randomness, no threads and no I/O of its own: it is replayed. */
class DeterminismTest {
  private static final String WORKFLOWS = "io.semanticids.workflows";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(WORKFLOWS);

  @Test
  void noOtherClock() {
    noClasses()
        .that()
        .resideInAPackage(WORKFLOWS)
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(Instant.class, "now")
        .because("replay must see the time of the history: Workflow.currentTimeMillis()")
        .check(CLASSES);
  }

  @Test
  void noRandomness() {
    noClasses()
        .that()
        .resideInAPackage(WORKFLOWS)
        .should()
        .callMethod(UUID.class, "randomUUID")
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(Random.class, SplittableRandom.class, SecureRandom.class)
        .orShould()
        .callMethod(Math.class, "random")
        .because("replay must take the same way")
        .check(CLASSES);
  }

  @Test
  void noThreadsAndNoInputOutput() {
    noClasses()
        .that()
        .resideInAPackage(WORKFLOWS)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.util.concurrent..", "java.io..", "java.nio..", "java.net..")
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(Thread.class)
        .because("a workflow waits by promises, and reads and writes through activities")
        .check(CLASSES);
  }
}
