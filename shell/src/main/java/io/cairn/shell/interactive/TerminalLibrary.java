package io.cairn.shell.interactive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jline.nativ.JLineNativeLoader;
import org.jline.nativ.OSInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps JLine's native library in the data directory. By default JLine unpacks it into the temporary folder at each start, and a killed
 * process leaves it there.
 */
final class TerminalLibrary {
    /** The property that names the folder JLine searches before it unpacks anything. */
    static final String PATH_PROPERTY = "library.jline.path";

    private static final Logger LOG = LoggerFactory.getLogger(TerminalLibrary.class);

    private TerminalLibrary() {}

    /** Unpacks the library, unless an earlier run has, and tells JLine where it is. If that fails, JLine uses its default. */
    static void use(Path dataDirectory) {
        if (System.getProperty(PATH_PROPERTY) == null) {
            try {
                Path library = unpack(dataDirectory.resolve("lib").resolve("jline-" + JLineNativeLoader.getVersion()));
                System.setProperty(PATH_PROPERTY, String.valueOf(library.getParent()));
            } catch (IOException notHere) {
                LOG.debug("JLine unpacks its library into the temporary folder: {}", notHere.toString());
            }
        }
    }

    static Path unpack(Path folder) throws IOException {
        String name = System.mapLibraryName("jlinenative").replace(".dylib", ".jnilib");
        Path library = folder.resolve(name);
        String resource = "/org/jline/nativ/" + OSInfo.getNativeLibFolderPathForCurrentOS() + "/" + name;
        try (InputStream packed = JLineNativeLoader.class.getResourceAsStream(resource)) {
            if (packed == null) {
                throw new IOException("JLine has no library for this system");
            }
            byte[] bytes = packed.readAllBytes();
            if (!Files.exists(library) || Files.size(library) != bytes.length) {
                Files.createDirectories(folder);
                Path written = Files.createTempFile(folder, name, null);
                Files.write(written, bytes);
                Files.move(written, library, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return library;
    }
}
