package io.semanticids.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProcessorTest {
  @Test
  void namesMakerInstructionsAndSettings() {
    assertThat(
            Processor.deviceClass(
                List.of("vendor_id\t: GenuineIntel", "flags\t\t: fpu sse avx2 avx512f"),
                Map.of("MKL_CBWR", "AVX512,STRICT", "ATEN_CPU_CAPABILITY", "avx512")))
        .endsWith("-GenuineIntel-avx512-mkl-AVX512,STRICT-aten-avx512")
        .startsWith("cpu-");
  }

  @Test
  void saysWhatIsUnset() {
    assertThat(Processor.deviceClass(List.of(), Map.of()))
        .endsWith("-unknown-sse-mkl-unset-aten-unset");
  }
}
