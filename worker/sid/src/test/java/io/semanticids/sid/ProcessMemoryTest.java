package io.semanticids.sid;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessMemoryTest {
  @Test
  void ownAndMappedBytesApart() {
    ProcessMemory memory =
        ProcessMemory.of(
            List.of(
                "Name:\tjava",
                "VmRSS:\t 2000000 kB",
                "RssAnon:\t  600000 kB",
                "RssFile:\t 1200000 kB"));
    assertThat(memory).isEqualTo(new ProcessMemory(614_400_000, 1_228_800_000));
    assertThat(memory.text()).isEqualTo("0.61 GB of its own, 1.23 GB of mapped files");
    assertThat(ProcessMemory.now().own()).isPositive();
  }
}
