package io.cairn.transfer.store.part;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.transfer.content.FileSelection;
import io.cairn.transfer.content.OddEntries;
import io.cairn.transfer.content.OnExisting;
import io.cairn.transfer.content.ShareLayout;
import io.cairn.transfer.content.ShareOptions;
import io.cairn.transfer.content.hashing.FileStamp;
import io.cairn.transfer.content.hashing.ScannedShare;
import io.cairn.transfer.content.hashing.ShareHasher;
import io.cairn.transfer.content.hashing.ShareScanner;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.content.manifest.ManifestCodec;
import io.cairn.transfer.store.file.SharedContent;
import io.cairn.transfer.store.state.StateDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A share made with --times holds the modification times of its files, and a fetch sets them. */
class TimesAreKeptTest {
    private static final ShareOptions WITH_TIMES =
            new ShareOptions(List.of(), OddEntries.LEAVE_OUT, ShareLayout.PACKED, true);

    @TempDir
    Path temporary;

    private Path source;

    @BeforeEach
    void write() throws Exception {
        source = temporary.resolve("source/d");
        TestFiles.write(source.resolve("a"), TestFiles.random(1, 600_000));
        TestFiles.write(source.resolve("empty"), new byte[0]);
        TestFiles.write(source.resolve("run.sh"), TestFiles.random(3, 1_000));
        assertThat(source.resolve("run.sh").toFile().setExecutable(true)).isTrue();
        modified("a", "1999-12-31T23:59:59.123456Z");
        modified("empty", "2020-02-29T12:00:00Z");
        modified("run.sh", "1969-07-20T20:17:40Z");
    }

    @Test
    void theHashIsAnotherThanWithoutAndTheSameForTheSameTimes() throws Exception {
        Manifest without = hash(ShareOptions.DEFAULT);
        Manifest with = hash(WITH_TIMES);
        assertThat(without.hasTimes()).isFalse();
        assertThat(with.hasTimes()).isTrue();
        assertThat(with.hash())
                .isNotEqualTo(without.hash())
                .isEqualTo(hash(WITH_TIMES).hash());
        assertThat(ManifestCodec.parse(with.toBytes()).modifiedNanos(0)).isEqualTo(946_684_799_123_456_000L);
        modified("a", "2000-01-01T00:00:00Z");
        assertThat(hash(WITH_TIMES).hash()).isNotEqualTo(with.hash());
        assertThat(hash(ShareOptions.DEFAULT).hash()).isEqualTo(without.hash());
    }

    @Test
    void whatIsFetchedHasTheTimesAndIsStillWhatTheFetchLeft() throws Exception {
        Manifest manifest = hash(WITH_TIMES);
        Path target = temporary.resolve("d");
        try (StateDatabase state = StateDatabase.open(temporary.resolve("cairn.db"));
                SharedContent shared = open(manifest)) {
            PartPlace place = new PartPlace(target, FileSelection.all(manifest), OnExisting.REFUSE, false);
            PartialContent content = PartialContent.open(state, new FakeClock(), manifest, place, null);
            TestShares.copyAll(shared, content);
            content.finish();
            assertTimes(target);
            content.close();
            SharedContent.open(manifest, target, content.stamps()).close();
        }
    }

    @Test
    void whatIsRepairedHasThemAgain() throws Exception {
        Manifest manifest = hash(WITH_TIMES);
        Path copy = temporary.resolve("copy");
        TestFiles.write(copy.resolve("a"), new byte[5]);
        BitSet bad = new BitSet();
        bad.set(0, manifest.chunkCount());
        try (SharedContent shared = open(manifest);
                RepairedContent repaired = RepairedContent.open(manifest, copy, bad)) {
            TestShares.copyAll(shared, repaired);
            repaired.finish();
        }
        assertTimes(copy);
    }

    private void assertTimes(Path folder) throws Exception {
        for (String name : List.of("a", "empty", "run.sh")) {
            assertThat(Files.getLastModifiedTime(folder.resolve(name)))
                    .as(name)
                    .isEqualTo(Files.getLastModifiedTime(source.resolve(name)));
        }
    }

    private void modified(String name, String time) throws Exception {
        Files.setLastModifiedTime(source.resolve(name), FileTime.from(Instant.parse(time)));
    }

    private Manifest hash(ShareOptions options) throws Exception {
        ScannedShare scan = ShareScanner.scan(source, options, () -> false);
        return new ShareHasher().hash(scan, bytes -> {}, () -> false);
    }

    private SharedContent open(Manifest manifest) throws Exception {
        List<FileStamp> stamps = ShareScanner.scan(source).stamps();
        return SharedContent.open(manifest, source, stamps);
    }
}
