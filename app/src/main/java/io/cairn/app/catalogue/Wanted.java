package io.cairn.app.catalogue;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Catalogue.Match;
import io.cairn.app.Catalogue.Matches;
import io.cairn.app.FetchTarget;
import io.cairn.app.Node;
import io.cairn.app.values.Pointers;
import io.cairn.app.work.Reasons;
import io.cairn.app.work.TargetResolver;
import io.cairn.transfer.content.manifest.InvalidManifestException;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.content.manifest.ManifestLimits;
import io.cairn.transfer.content.manifest.TorrentFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Which share is wanted: a hash, a link, a torrent file of Cairn's, {@code NAME@PUBLISHER}, a name known here, or words from what is listed. */
public final class Wanted {
    private static final String TORRENT = ".torrent";

    private Wanted() {}

    /**
     * Resolves a text, in this order: hash, link, existing torrent file, {@code NAME@PUBLISHER}, a name or prefix known to the node, and words
     * of a listed name, for which other nodes are asked. Reads a file, and asks the node: not on its loop.
     *
     * @param text words with white space between them
     * @param folder to which the path of a torrent file is relative; null if only an absolute one is taken
     * @return fails with kind USAGE if it is none of these, or means several shares
     */
    public static CompletableFuture<FetchTarget> resolve(Node node, String text, @Nullable Path folder)
            throws CairnException {
        return matches(node, text, folder).thenApply(found -> only(words(text), found));
    }

    /**
     * The same for a user who can choose: listed shares that the words may mean, or the only share that the text names.
     *
     * @return fails with kind USAGE if it names nothing; fails with the fact {@link TargetResolver#CANDIDATES} if several shares known to the
     *     node have this name or prefix
     */
    public static CompletableFuture<Matches> matches(Node node, String text, @Nullable Path folder)
            throws CairnException {
        Optional<CompletableFuture<FetchTarget>> named = named(node, text, folder);
        return named.isPresent()
                ? named.get().thenApply(target -> new Matches(List.of(new Match(target, "", 0)), 1))
                : node.catalogue().matches(words(text));
    }

    /** The failure that names listed shares to choose among. */
    public static CairnException several(String text, Matches matches) {
        return ListedMatches.several(words(text), matches);
    }

    /** The only share that words mean; completes a future with a failure otherwise. */
    static FetchTarget only(List<String> words, Matches matches) {
        try {
            return ListedMatches.only(words, matches);
        } catch (CairnException several) {
            throw new CompletionException(several);
        }
    }

    private static List<String> words(String text) {
        return List.of(text.strip().split("\\s+"));
    }

    /** What a text names without words of a listed name; empty if it may be such words. */
    private static Optional<CompletableFuture<FetchTarget>> named(Node node, String text, @Nullable Path folder)
            throws CairnException {
        if (TargetResolver.isWhole(text)) {
            return Optional.of(CompletableFuture.completedFuture(node.resolve(text)));
        }
        Optional<Path> torrent = torrent(text, folder);
        if (torrent.isPresent()) {
            return Optional.of(CompletableFuture.completedFuture(node.resolve(hash(torrent.get()))));
        }
        if (Pointers.isOne(text)) {
            return Optional.of(Pointers.resolve(node, text));
        }
        try {
            return Optional.of(CompletableFuture.completedFuture(node.resolve(text)));
        } catch (CairnException unknown) {
            if (unknown.kind() != Kind.USAGE || unknown.facts().containsKey(TargetResolver.CANDIDATES)) {
                throw unknown;
            }
            return Optional.empty();
        }
    }

    /** The path of an existing file whose name says that it is a torrent. */
    private static Optional<Path> torrent(String text, @Nullable Path folder) {
        try {
            Path path = Path.of(text);
            boolean isReachable = folder != null || path.isAbsolute();
            return isReachable && text.toLowerCase(Locale.ROOT).endsWith(TORRENT)
                    ? Optional.of(folder == null ? path : folder.resolve(path)).filter(Files::isRegularFile)
                    : Optional.empty();
        } catch (InvalidPathException noPath) {
            return Optional.empty();
        }
    }

    private static String hash(Path torrent) throws CairnException {
        try {
            if (Files.size(torrent) > ManifestLimits.DEFAULT.bytesMax()) {
                throw unusable(torrent, "it is too long");
            }
            Manifest manifest = TorrentFile.parse(Files.readAllBytes(torrent));
            return manifest.hash().toHex();
        } catch (InvalidManifestException invalid) {
            throw unusable(torrent, String.valueOf(invalid.getMessage()));
        } catch (IOException failure) {
            throw unusable(torrent, Reasons.of(failure));
        }
    }

    private static CairnException unusable(Path torrent, String why) {
        return new CairnException(
                Kind.USAGE,
                "not a torrent file of Cairn's: " + torrent,
                why,
                "name the share by its hash or link, or export the file again where it is shared");
    }
}
