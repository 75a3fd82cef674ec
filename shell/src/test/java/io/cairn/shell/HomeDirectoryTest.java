package io.cairn.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HomeDirectoryTest {
    @Test
    void homeGoesBeforeWhatTheSystemSays() {
        assertThat(HomeDirectory.of(Map.of("HOME", "/x"), "/root")).isEqualTo(Path.of("/x"));
        assertThat(HomeDirectory.of(Map.of(), "/root")).isEqualTo(Path.of("/root"));
        assertThat(HomeDirectory.of(Map.of("HOME", ""), "/root")).isEqualTo(Path.of("/root"));
    }

    @Test
    void whatIsNotAbsoluteIsNoHome() {
        assertThat(HomeDirectory.of(Map.of("HOME", "x"), "/root")).isEqualTo(Path.of("/root"));
        assertThat(HomeDirectory.of(Map.of(), "?")).isNull();
        assertThat(HomeDirectory.of(Map.of("HOME", "?"), null)).isNull();
    }
}
