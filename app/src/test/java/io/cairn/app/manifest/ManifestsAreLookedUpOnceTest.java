package io.cairn.app.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.CairnException;
import io.cairn.app.FetchTarget;
import io.cairn.app.Hashed;
import io.cairn.app.fetch.AppLoop;
import io.cairn.app.work.HashOwners;
import io.cairn.app.work.Work;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.manifest.Manifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestsAreLookedUpOnceTest {
    @TempDir
    Path folder;

    private final AppLoop loop = new AppLoop();
    private final HashOwners owners = new HashOwners();
    private final List<CompletableFuture<Manifest>> lookUps = new ArrayList<>();
    private final Manifests manifests = new Manifests(loop, owners, target -> {
        CompletableFuture<Manifest> lookUp = new CompletableFuture<>();
        lookUps.add(lookUp);
        return lookUp;
    });
    private Manifest manifest;
    private FetchTarget target;

    @BeforeEach
    void hash() throws Exception {
        manifest = Hashed.manifest(Files.writeString(folder.resolve("file"), "content"));
        target = new FetchTarget(manifest.hash(), "", -1, List.of());
    }

    @Test
    void howeverManyAsk() {
        CompletableFuture<Manifest> first = manifests.find(target);
        CompletableFuture<Manifest> second = manifests.find(target);
        assertThat(lookUps).hasSize(1);
        assertThat(owners.use(manifest.hash())).contains(HashOwners.Use.MANIFEST);
        lookUps.get(0).complete(manifest);
        assertThat(first).isCompletedWithValue(manifest);
        assertThat(second).isCompletedWithValue(manifest);
        assertThat(owners.use(manifest.hash())).isEmpty();
        assertThat(manifests.pending()).isEmpty();
    }

    @Test
    void aFetchThatLearnsItTellsThoseWhoWait() {
        HashOwners.Claim fetch = fetching();
        CompletableFuture<Manifest> asked = manifests.find(target);
        owners.knows(manifest);
        assertThat(asked).isCompletedWithValue(manifest);
        assertThat(manifests.find(target)).isCompletedWithValue(manifest);
        fetch.release();
        assertThat(lookUps).isEmpty();
    }

    @Test
    void whoWaitedForAFetchThatEndedLooksItUp() {
        HashOwners.Claim fetch = fetching();
        CompletableFuture<Manifest> asked = manifests.find(target);
        fetch.release();
        loop.run(Manifests.OWNER_MILLIS);
        assertThat(asked).isNotDone();
        lookUps.get(0).complete(manifest);
        assertThat(asked).isCompletedWithValue(manifest);
    }

    @Test
    void whoWaitsForAFetchThatStandsStillIsToldSoAfterAWhile() {
        fetching();
        CompletableFuture<Manifest> asked = manifests.find(target);
        loop.run(Manifests.OWNER_MILLIS - 1);
        assertThat(asked).isNotDone();
        loop.run(1);
        assertThat(kind(asked)).isEqualTo(CairnException.Kind.STALLED);
        assertThat(manifests.pending()).isEmpty();
    }

    @Test
    void aLookUpThatCannotBeginFailsAndFreesTheHash() {
        Manifests broken = new Manifests(loop, owners, asked -> {
            throw new IllegalStateException("closed");
        });
        assertThat(kind(broken.find(target))).isEqualTo(CairnException.Kind.OTHER);
        assertThat(owners.use(manifest.hash())).isEmpty();
    }

    @Test
    void closingAnswersAll() {
        CompletableFuture<Manifest> asked = manifests.find(target);
        manifests.close();
        assertThat(kind(asked)).isEqualTo(CairnException.Kind.INTERRUPTED);
        assertThat(kind(manifests.find(target))).isEqualTo(CairnException.Kind.INTERRUPTED);
    }

    @Test
    void aHashHasOneOwnerAndIsGivenBackOnce() {
        List<Key> released = new ArrayList<>();
        owners.observe(released::add);
        HashOwners.Claim claim = fetching();
        assertThat(owners.claim(manifest.hash(), HashOwners.Use.REPAIR)).isNull();
        claim.release();
        HashOwners.Claim next = owners.claim(manifest.hash(), HashOwners.Use.REPAIR);
        assertThat(next).isNotNull();
        claim.release();
        assertThat(owners.use(manifest.hash())).contains(HashOwners.Use.REPAIR);
        assertThat(released).containsExactly(manifest.hash());
    }

    private HashOwners.Claim fetching() {
        return Objects.requireNonNull(owners.claim(manifest.hash(), HashOwners.Use.FETCH));
    }

    private static CairnException.Kind kind(CompletableFuture<Manifest> failing) {
        return failing.handle((manifest, failure) -> ((CairnException) Work.cause(failure)).kind())
                .getNow(null);
    }
}
