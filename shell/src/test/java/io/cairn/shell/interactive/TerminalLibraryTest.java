package io.cairn.shell.interactive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.stream.Stream;
import org.jline.nativ.JLineNativeLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TerminalLibraryTest {
    @TempDir
    Path folder;

    @Test
    void itIsUnpackedOnceAndNothingElseIsLeft() throws IOException {
        Path library = TerminalLibrary.unpack(folder.resolve("lib"));
        assertThat(library).isNotEmptyFile();
        Files.setLastModifiedTime(library, FileTime.fromMillis(1_000));
        assertThat(TerminalLibrary.unpack(folder.resolve("lib"))).isEqualTo(library);
        assertThat(Files.getLastModifiedTime(library).toMillis()).isEqualTo(1_000);
        try (Stream<Path> files = Files.list(folder.resolve("lib"))) {
            assertThat(files).containsExactly(library);
        }
    }

    @Test
    void oneThatIsCutShortIsReplaced() throws IOException {
        Path library = TerminalLibrary.unpack(folder.resolve("lib"));
        long size = Files.size(library);
        Files.write(library, new byte[10]);
        assertThat(TerminalLibrary.unpack(folder.resolve("lib"))).hasSize(size);
    }

    @Test
    void jLineLoadsItFromThere() {
        assumeTrue(System.getProperty(TerminalLibrary.PATH_PROPERTY) == null, "another library is chosen");
        TerminalLibrary.use(folder);
        try {
            assertThat(JLineNativeLoader.initialize()).isTrue();
            assertThat(JLineNativeLoader.getNativeLibraryPath()).startsWith(folder.toString());
        } finally {
            System.clearProperty(TerminalLibrary.PATH_PROPERTY);
        }
    }
}
