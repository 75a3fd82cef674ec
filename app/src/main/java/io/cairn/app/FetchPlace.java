package io.cairn.app;

import io.cairn.transfer.content.Manifest;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Where a fetch puts what it fetches, as the user wrote it. Touches the disk: for workers. */
record FetchPlace(Path output, boolean intoFolder) {
    static FetchPlace of(FetchOptions options) {
        Path output = options.output().toAbsolutePath().normalize();
        return new FetchPlace(output, options.outputIsFolder() || Files.isDirectory(output));
    }

    /**
     * Refuses at once what cannot succeed, before the network is asked.
     *
     * @throws FileAlreadyExistsException if the path is the target itself and something is there
     */
    void check() throws IOException {
        if (!intoFolder) {
            refuseExisting(output);
        }
    }

    /** The target of a share; makes the folder it goes into if the user named one that is missing. */
    Path target(Manifest manifest) throws IOException {
        if (intoFolder) {
            Files.createDirectories(output);
        }
        Path target = intoFolder ? output.resolve(manifest.name()) : output;
        refuseExisting(target);
        return target;
    }

    private static void refuseExisting(Path target) throws IOException {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(target.toString());
        }
    }
}
