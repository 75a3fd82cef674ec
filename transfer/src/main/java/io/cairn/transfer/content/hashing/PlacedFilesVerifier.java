package io.cairn.transfer.content.hashing;

import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.FileSelection;
import io.cairn.transfer.content.hashing.VerificationReport.BadChunk;
import io.cairn.transfer.content.hashing.VerificationReport.FileRange;
import io.cairn.transfer.content.hashing.VerificationReport.WrongSize;
import io.cairn.transfer.content.manifest.ChunkDigests;
import io.cairn.transfer.content.manifest.FileEntry;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.content.manifest.SharePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/** Verifies a file or folder on disk against a manifest by rehashing it on all cores. Reads every byte once and changes nothing. */
public final class PlacedFilesVerifier {
    private final Manifest manifest;
    private final Path place;
    private final StreamLayout layout;
    private final NamesOnDisk names;
    private final List<Path> paths;
    private final BitSet missingFiles = new BitSet();
    private final List<SharePath> missing = new ArrayList<>();
    private final List<WrongSize> wrongSizes = new ArrayList<>();
    private long verifiedBytes;

    private PlacedFilesVerifier(Manifest manifest, Path place) throws IOException {
        this.manifest = manifest;
        this.place = place;
        this.layout = StreamLayout.of(manifest);
        this.names = NamesOnDisk.present(manifest, place);
        this.paths = names.files();
    }

    /**
     * Verifies all of a share; blocks until done.
     *
     * @param place the file, or the folder that is the share
     * @param verifiedBytes receives, on the caller's thread, the number of bytes checked so far
     * @param cancelled asked after every chunk
     * @throws AccessDeniedException if a file is unreadable
     * @throws CancellationException if asked to stop
     */
    public static VerificationReport verify(
            Manifest manifest, Path place, LongConsumer verifiedBytes, BooleanSupplier cancelled)
            throws IOException, InterruptedException {
        PlacedFilesVerifier verifier = new PlacedFilesVerifier(manifest, place);
        verifier.compareSizes();
        List<BadChunk> badChunks = verifier.compareChunks(verifiedBytes, cancelled);
        return new VerificationReport(manifest, badChunks, verifier.missing, verifier.wrongSizes, verifier.extra());
    }

    /**
     * Returns those of these chunks that are intact on disk; blocks until done.
     *
     * @param place the file, or the folder that is the share
     */
    public static ChunkSet verifyChunks(Manifest manifest, Path place, ChunkSet chunks)
            throws IOException, InterruptedException {
        PlacedFilesVerifier verifier = new PlacedFilesVerifier(manifest, place);
        verifier.compareSizes();
        BitSet good = verifier.goodChunks(chunks, new AtomicBoolean(), verified -> {}, () -> false);
        return ChunkSet.of(good, manifest.chunkCount());
    }

    /**
     * Returns those of these chunks that are intact on disk, however many of its files are missing, unreadable or of another length.
     * Blocks until done.
     *
     * @param verifiedBytes receives, on the caller's thread, the number of bytes checked so far
     * @throws CancellationException if asked to stop
     */
    public static ChunkSet intactChunks(
            Manifest manifest, Path place, ChunkSet chunks, LongConsumer verifiedBytes, BooleanSupplier cancelled)
            throws IOException, InterruptedException {
        BitSet good = new PlacedFilesVerifier(manifest, place)
                .goodChunks(chunks, new AtomicBoolean(), verifiedBytes, cancelled);
        return ChunkSet.of(good, manifest.chunkCount());
    }

    /**
     * Whether the selected files of a share are intact at a place; other entries there do not matter. Blocks until the answer is known.
     * A wrong length saves reading the files, and reading stops at the first chunk that differs.
     *
     * @param place the file, or the folder that is the share
     * @param verifiedBytes receives, on the caller's thread, the number of bytes found intact so far
     * @param cancelled asked after every chunk
     * @throws CancellationException if asked to stop
     */
    public static boolean holds(
            Manifest manifest, FileSelection chosen, Path place, LongConsumer verifiedBytes, BooleanSupplier cancelled)
            throws IOException, InterruptedException {
        PlacedFilesVerifier verifier = new PlacedFilesVerifier(manifest, place);
        if (Files.isDirectory(place) != manifest.isFolder() || !verifier.haveTheirLengths(chosen)) {
            return false;
        }
        AtomicBoolean differs = new AtomicBoolean();
        LongConsumer unlessOneDiffers = bytes -> {
            if (!differs.get()) {
                verifiedBytes.accept(bytes);
            }
        };
        try {
            verifier.goodChunks(
                    chosen.chunks(), differs, unlessOneDiffers, () -> differs.get() || cancelled.getAsBoolean());
        } catch (CancellationException stopped) {
            if (!differs.get()) {
                throw stopped;
            }
        }
        return !differs.get();
    }

    private boolean haveTheirLengths(FileSelection chosen) throws IOException {
        for (int file : chosen.files().stream().toArray()) {
            Path path = paths.get(file);
            if (!Files.isRegularFile(path)
                    || !Files.isReadable(path)
                    || Files.size(path) != manifest.files().get(file).length()) {
                return false;
            }
        }
        return names.folders(chosen.emptyFolders()).stream().allMatch(Files::isDirectory);
    }

    private void compareSizes() throws IOException {
        for (int i = 0; i < paths.size(); i++) {
            FileEntry entry = manifest.files().get(i);
            Path path = paths.get(i);
            if (!Files.isRegularFile(path)) {
                missingFiles.set(i);
                missing.add(entry.path());
            } else if (!Files.isReadable(path)) {
                throw new AccessDeniedException(path.toString());
            } else if (Files.size(path) != entry.length()) {
                wrongSizes.add(new WrongSize(entry.path(), entry.length(), Files.size(path)));
            }
        }
        for (SharePath folder : manifest.emptyFolders()) {
            if (!Files.isDirectory(names.place(folder))) {
                missing.add(folder);
            }
        }
    }

    private List<BadChunk> compareChunks(LongConsumer progress, BooleanSupplier cancelled)
            throws IOException, InterruptedException {
        BitSet bad = goodChunks(ChunkSet.all(manifest.chunkCount()), new AtomicBoolean(), progress, cancelled);
        bad.flip(0, manifest.chunkCount());
        return bad.stream()
                .mapToObj(chunk -> new BadChunk(chunk, ranges(chunk)))
                .toList();
    }

    /** @param differs set at the first bad chunk, before its progress is reported */
    private BitSet goodChunks(ChunkSet which, AtomicBoolean differs, LongConsumer progress, BooleanSupplier cancelled)
            throws IOException, InterruptedException {
        int[] chunks = which.toBitSet().stream().toArray();
        BitSet good = new BitSet();
        new ParallelChunks<Compared>(
                        Runtime.getRuntime().availableProcessors(),
                        () -> new ChunkReader(layout, paths),
                        (i, reader) -> new Compared(chunks[i], matches(chunks[i], reader)))
                .run(
                        chunks.length,
                        compared -> {
                            good.set(compared.chunk(), compared.matches());
                            differs.compareAndSet(false, !compared.matches());
                            verifiedBytes += manifest.chunkLength(compared.chunk());
                            progress.accept(verifiedBytes);
                        },
                        cancelled);
        return good;
    }

    private boolean matches(int chunk, ChunkReader reader) {
        if (parts(chunk).stream().anyMatch(part -> missingFiles.get(part.file()))) {
            return false;
        }
        try {
            ChunkDigests.Pair digests =
                    reader.digest(manifest.chunkOffset(chunk), manifest.chunkLength(chunk), manifest.chunkZeros(chunk));
            return manifest.matches(chunk, digests.sha1(), digests.sha256());
        } catch (IOException cutOrFailingDisk) {
            return false; // an unreadable chunk is reported as bad
        }
    }

    private List<FileRange> ranges(int chunk) {
        return parts(chunk).stream()
                .map(part -> new FileRange(manifest.files().get(part.file()).path(), part.offset(), part.length()))
                .toList();
    }

    private List<StreamLayout.Part> parts(int chunk) {
        return layout.parts(manifest.chunkOffset(chunk), manifest.chunkLength(chunk));
    }

    private List<String> extra() throws IOException {
        if (!manifest.isFolder() || !Files.isDirectory(place)) {
            return List.of();
        }
        Set<Path> known = new HashSet<>();
        paths.forEach(path -> addWithFolders(known, path));
        names.folders(manifest.emptyFolders()).forEach(folder -> addWithFolders(known, folder));
        try (Stream<Path> tree = Files.walk(place)) {
            return tree.filter(path -> !path.equals(place) && !known.contains(path))
                    .map(path ->
                            place.relativize(path) + (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) ? "/" : ""))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException unlistable) {
            throw unlistable.getCause();
        }
    }

    private record Compared(int chunk, boolean matches) {}

    private void addWithFolders(Set<Path> known, Path path) {
        for (Path above = path; above != null && !above.equals(place) && known.add(above); ) {
            above = above.getParent();
        }
    }
}
