package io.cairn.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.Node.ShareReport;
import io.cairn.app.Offers.Offer;
import io.cairn.app.Offers.Offered;
import io.cairn.app.node.LocalNode;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.testing.PolledCondition;
import io.cairn.transfer.content.ShareOptions;
import io.cairn.transfer.content.ShareSecret;
import io.cairn.transfer.content.link.InvalidLinkException;
import io.cairn.transfer.content.link.MagnetLink;
import io.cairn.transfer.content.manifest.Manifest;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes over loopback: one shares, one is a member, one is nobody. */
class SharesReachThoseTheyAreForAloneTest {
    private static final int DEADLINE_SECONDS = 60;
    private static final int BYTES = 8_000_000;

    @TempDir
    Path folder;

    private final List<Node> nodes = new ArrayList<>();
    private Node sharer;
    private Node member;
    private Node outsider;
    private Path film;

    @BeforeEach
    void start() throws Exception {
        byte[] bytes = new byte[BYTES];
        new Random(3).nextBytes(bytes);
        film = Files.write(folder.resolve("film.mkv"), bytes);
        sharer = node("sharer");
        member = node("member");
        outsider = node("outsider");
    }

    @AfterEach
    void close() {
        nodes.forEach(Node::close);
    }

    @Test
    void aMemberHasItByItsHashAndAnAddressAndNobodyElseHasAnything() throws Exception {
        Key hash = share(idOf(member)).share().hash();
        assertThat(refused(outsider, bare(hash))).isEqualTo(CairnException.Kind.NO_PROVIDER);
        assertThat(fetched(member, bare(hash), "copy")).hasSameBinaryContentAs(film);
        assertThat(refused(outsider, bare(hash))).isEqualTo(CairnException.Kind.NO_PROVIDER);
    }

    @Test
    void noRecordLiesUnderItsHashOrTheKeysOfItsChunks() throws Exception {
        ShareReport report = share(idOf(member));
        Key hash = report.share().hash();
        assertThat(providers(hash)).isZero();
        for (int chunk = 0; chunk < report.share().chunks(); chunk++) {
            assertThat(providers(sharer.manifest(bare(hash)).get().chunkKey(chunk)))
                    .isZero();
        }
        assertThat(providers(secret(report.link()).recordKey(hash))).isEqualTo(1);
        sharer.offers().change(hash, Offer.OPEN).get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        awaitProviders(hash, 1);
        sharer.offers().change(hash, new Offer(false, List.of())).get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        awaitProviders(hash, 0);
    }

    @Test
    void whoHasTheLinkHasIt() throws Exception {
        ShareReport report = share();
        assertThat(report.share().offer()).isEqualTo(new Offer(false, List.of()));
        assertThat(refused(member, bare(report.share().hash()))).isEqualTo(CairnException.Kind.NO_PROVIDER);
        assertThat(fetched(outsider, outsider.resolve(report.link()), "copy")).hasSameBinaryContentAs(film);
    }

    @Test
    void aLinkLeadsToItsRecordWithoutAnAddress() throws Exception {
        ShareReport report = share();
        FetchTarget target = new FetchTarget(report.share().hash(), "", -1, List.of(), secret(report.link()));
        assertThat(fetched(outsider, target, "copy")).hasSameBinaryContentAs(film);
    }

    @Test
    void whoIsAddedHasItWithoutAnotherHashingAndWhoIsRemovedHasItNoMore() throws Exception {
        ShareReport report = share();
        Key hash = report.share().hash();
        Offered added = change(hash, idOf(member));
        assertThat(added.link()).isEqualTo(report.link());
        assertThat(fetched(member, bare(hash), "copy")).hasSameBinaryContentAs(film);
        Offered removed = change(hash, idOf(outsider));
        assertThat(secret(removed.link())).isNotEqualTo(secret(report.link()));
        assertThat(refused(member, bare(hash))).isEqualTo(CairnException.Kind.NO_PROVIDER);
        assertThat(refused(member, member.resolve(report.link()))).isEqualTo(CairnException.Kind.NO_PROVIDER);
        assertThat(fetched(outsider, bare(hash), "copy2")).hasSameBinaryContentAs(film);
    }

    @Test
    void whoIsRemovedLosesItInTheMiddleAndWhoStaysGoesOn() throws Exception {
        ShareReport report = share(idOf(member), idOf(outsider));
        Key hash = report.share().hash();
        sharer.limit(new SpeedLimits(1_500_000, 0, 0, 0, true)).get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        Fetch removed = started(outsider, bare(hash), "removed");
        Fetch stays = started(member, bare(hash), "stays");
        change(hash, idOf(member));
        sharer.limit(SpeedLimits.NONE).get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        assertThat(stays.completion().get(DEADLINE_SECONDS, TimeUnit.SECONDS).path())
                .hasSameBinaryContentAs(film);
        assertThat(kind(removed)).isIn(CairnException.Kind.NO_PROVIDER, CairnException.Kind.STALLED);
        assertThat(removed.status().verifiedBytes()).isLessThan(BYTES);
    }

    @Test
    void aMemberServesItOnToMembersAlone() throws Exception {
        ShareReport report = share(idOf(member));
        Key hash = report.share().hash();
        FetchTarget target = member.resolve(report.link());
        completed(member.fetch(FetchOptions.to(target, folder.resolve("kept"))
                .keepSharing(true)
                .build()));
        sharer.close();
        nodes.remove(sharer);
        assertThat(refused(outsider, new FetchTarget(hash, "", -1, List.of(at(member)))))
                .isEqualTo(CairnException.Kind.NO_PROVIDER);
        assertThat(fetched(outsider, new FetchTarget(hash, "", -1, List.of(at(member)), secret(report.link())), "copy"))
                .hasSameBinaryContentAs(film);
    }

    @Test
    void whoIsRemovedGetsNothingFromMembersThatHaveBeenTold() throws Exception {
        ShareReport report = share(idOf(member), idOf(outsider));
        Key hash = report.share().hash();
        keep(member, bare(hash));
        FetchTarget removed = new FetchTarget(hash, "", -1, List.of(at(member)), secret(report.link()));
        assertThat(fetched(outsider, removed, "before")).hasSameBinaryContentAs(film);
        Offered changed = change(hash, idOf(member));
        awaitSecret(member, hash, changed);
        assertThat(refused(outsider, removed)).isEqualTo(CairnException.Kind.NO_PROVIDER);
        awaitProviders(secret(report.link()).recordKey(hash), 0);
        assertThat(fetched(
                        outsider,
                        new FetchTarget(hash, "", -1, List.of(at(member)), secret(changed.link())),
                        "with the new link"))
                .hasSameBinaryContentAs(film);
    }

    @Test
    void aMemberThatWasAwayAsksWhenItIsBack() throws Exception {
        ShareReport report = share(idOf(member), idOf(outsider));
        Key hash = report.share().hash();
        keep(member, bare(hash));
        member.close();
        nodes.remove(member);
        Offered changed = change(hash, idOf(member));
        member = node("member");
        awaitSecret(member, hash, changed);
        assertThat(refused(outsider, new FetchTarget(hash, "", -1, List.of(at(member)), secret(report.link()))))
                .isEqualTo(CairnException.Kind.NO_PROVIDER);
    }

    @Test
    void aMemberThatIsRemovedServesNobodyOnceItHasBeenTold() throws Exception {
        ShareReport report = share(idOf(member), idOf(outsider));
        Key hash = report.share().hash();
        keep(member, bare(hash));
        change(hash, idOf(outsider));
        await(() -> member.offers().of(hash).withdrawn());
        assertThat(member.link(hash)).isEmpty();
        assertThat(refused(outsider, new FetchTarget(hash, "", -1, List.of(at(member)), secret(report.link()))))
                .isEqualTo(CairnException.Kind.NO_PROVIDER);
        assertThat(member.shares())
                .singleElement()
                .satisfies(share -> assertThat(share.offer()).isEqualTo(new Offer(false, List.of(), true)));
        assertThat(member.offers()
                        .change(hash, new Offer(false, List.of(), true))
                        .get(DEADLINE_SECONDS, TimeUnit.SECONDS)
                        .link())
                .isEmpty();
    }

    @Test
    void theOwnerIsKnownAlsoIfTheSecretCameWithALink() throws Exception {
        ShareReport report = share(idOf(member));
        Key hash = report.share().hash();
        member.contacts().add("sharer", sharer.info().node()).get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        keep(member, member.resolve(report.link()));
        change(hash, idOf(member), idOf(outsider));
        awaitSecret(member, hash, change(hash, idOf(member)));
    }

    @Test
    void itStaysForWhomItIsAcrossARestartAndInLaterVersions() throws Exception {
        Key hash = share(idOf(member)).share().hash();
        sharer.close();
        nodes.remove(sharer);
        sharer = node("sharer");
        assertThat(sharer.offers().of(hash)).isEqualTo(new Offer(false, List.of(idOf(member))));
        assertThat(refused(outsider, bare(hash))).isEqualTo(CairnException.Kind.NO_PROVIDER);
        assertThat(fetched(member, bare(hash), "copy")).hasSameBinaryContentAs(film);

        Files.writeString(film, "another version");
        Key next = sharer.share(film)
                .completion()
                .get(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .share()
                .hash();
        assertThat(next).isNotEqualTo(hash);
        assertThat(refused(outsider, bare(next))).isEqualTo(CairnException.Kind.NO_PROVIDER);
        assertThat(fetched(member, bare(next), "next")).hasSameBinaryContentAs(film);
    }

    @Test
    void aNewVersionOfWhatWasFetchedIsForHoldersOfItsLinkAlone() throws Exception {
        ShareReport report = share(idOf(member));
        Path kept = completed(member.fetch(FetchOptions.to(member.resolve(report.link()), folder.resolve("kept"))
                        .keepSharing(true)
                        .build()))
                .path();
        Files.writeString(kept, "another version");
        ShareReport next = member.share(kept).completion().get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        assertThat(next.share().offer()).isEqualTo(new Offer(false, List.of()));
        assertThat(refused(outsider, new FetchTarget(next.share().hash(), "", -1, List.of(at(member)))))
                .isEqualTo(CairnException.Kind.NO_PROVIDER);
        assertThat(fetched(outsider, outsider.resolve(next.link()), "next")).hasSameBinaryContentAs(kept);
    }

    @Test
    void aFalseSecretHidesNoOpenShareAndIsForgotten() throws Exception {
        ShareSecret wrong = ShareSecret.random(new Random(5));
        Key nobodys = Key.ofContent(new byte[] {9});
        assertThat(refused(outsider, new FetchTarget(nobodys, "", -1, List.of(), wrong)))
                .isEqualTo(CairnException.Kind.NO_PROVIDER);
        assertThat(outsider.offers().of(nobodys)).isEqualTo(Offer.OPEN);
        Key hash = sharer.share(film)
                .completion()
                .get(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .share()
                .hash();
        assertThat(fetched(outsider, new FetchTarget(hash, "", -1, List.of(), wrong), "copy"))
                .hasSameBinaryContentAs(film);
        assertThat(outsider.offers().of(hash)).isEqualTo(Offer.OPEN);
    }

    @Test
    void anOpenShareThatWasFetchedByALinkWithAFalseSecretIsKeptForHoldersOfThatLink() throws Exception {
        Key hash = sharer.share(film)
                .completion()
                .get(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .share()
                .hash();
        ShareSecret wrong = ShareSecret.random(new Random(5));
        keep(member, new FetchTarget(hash, "", -1, List.of(), wrong));
        assertThat(member.offers().of(hash)).isEqualTo(new Offer(false, List.of()));
        sharer.close();
        nodes.remove(sharer);
        assertThat(refusedAt(member, hash)).isEqualTo(CairnException.Kind.NO_PROVIDER);
    }

    @Test
    void whoServesOpenlyWhatIsForSomeMakesNobodyElseDoSo() throws Exception {
        ShareReport report = share(idOf(member));
        Key hash = report.share().hash();
        Path leaked =
                Files.copy(film, Files.createDirectory(folder.resolve("leaked")).resolve("film.mkv"));
        sharer.close();
        nodes.remove(sharer);
        outsider.share(leaked).completion().get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        keep(member, new FetchTarget(hash, "", -1, List.of(at(outsider)), secret(report.link())));
        assertThat(member.offers().of(hash)).isEqualTo(new Offer(false, List.of()));
        assertThat(member.link(hash).map(link -> secret(link))).contains(secret(report.link()));
        outsider.close();
        nodes.remove(outsider);
        assertThat(refusedAt(member, hash)).isEqualTo(CairnException.Kind.NO_PROVIDER);
    }

    @Test
    void aRepairAndALookAtItsFilesLeaveNoSecretBehind() throws Exception {
        ShareReport report = share(idOf(member));
        Key hash = report.share().hash();
        FetchTarget target = member.resolve(report.link());
        Manifest manifest = member.manifest(target).get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        assertThat(member.offers().of(hash)).isEqualTo(Offer.OPEN);
        Path copy = folder.resolve("damaged");
        byte[] bytes = Files.readAllBytes(film);
        bytes[100]++;
        Files.write(copy, bytes);
        Verifier.VerifyReport found = LocalNode.verifier().verify(copy, manifest, progress -> {});
        member.repair(target, manifest, copy, found).completion().get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        assertThat(copy).hasSameBinaryContentAs(film);
        assertThat(member.offers().of(hash)).isEqualTo(Offer.OPEN);
    }

    @Test
    void anInterruptedFetchGoesOnWithItsSecret() throws Exception {
        ShareReport report = share();
        sharer.limit(new SpeedLimits(1_000_000, 0, 0, 0, true)).get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        Fetch begun = started(member, member.resolve(report.link()), "copy");
        assertThat(begun.completion()).isNotDone();
        member.close();
        nodes.remove(member);
        sharer.limit(SpeedLimits.NONE).get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        member = node("member");
        List<Fetch> again = member.takeUpFetches().get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        assertThat(completed(again.get(0)).path()).hasSameBinaryContentAs(film);
    }

    @Test
    void aMemberThatNobodyKnowsIsRefused() {
        assertThat(sharer.share(film, ShareOptions.DEFAULT, new Offer(false, List.of("nobody")))
                        .completion())
                .failsWithin(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining("no such contact");
        assertThat(sharer.shares()).isEmpty();
    }

    private ShareReport share(String... to) throws Exception {
        return sharer.share(film, ShareOptions.DEFAULT, new Offer(false, List.of(to)))
                .completion()
                .get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    private Offered change(Key hash, String... to) throws Exception {
        return sharer.offers().change(hash, new Offer(false, List.of(to))).get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    private static ShareSecret secret(String link) {
        try {
            return Objects.requireNonNull(MagnetLink.parse(link).secret());
        } catch (InvalidLinkException noLink) {
            throw new AssertionError(noLink);
        }
    }

    private void keep(Node node, FetchTarget target) throws Exception {
        completed(node.fetch(FetchOptions.to(target, folder.resolve("kept"))
                .keepSharing(true)
                .build()));
    }

    private static void awaitSecret(Node node, Key hash, Offered changed) throws Exception {
        await(() -> node.link(hash)
                .filter(link -> secret(link).equals(secret(changed.link())))
                .isPresent());
    }

    private static void await(BooleanSupplier condition) throws Exception {
        PolledCondition.await(
                (millis, task) -> CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS)
                        .execute(task),
                condition);
    }

    private static String idOf(Node node) {
        return node.info().node().toHex();
    }

    /** The hash and the sharer's address, as an outsider may know them. */
    private FetchTarget bare(Key hash) {
        return new FetchTarget(hash, "", -1, List.of(at(sharer)));
    }

    private static Endpoint at(Node node) {
        return Endpoint.parse("127.0.0.1:" + node.info().port());
    }

    private int providers(Key key) throws Exception {
        CopyOnWriteArrayList<Object> found = new CopyOnWriteArrayList<>();
        Operation<io.cairn.dht.Provider, ?> search = outsider.find(key);
        search.events(found::add);
        Object unused = search.completion().get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        return found.size();
    }

    private void awaitProviders(Key key, int count) throws Exception {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (providers(key) != count) {
            assertThat(System.nanoTime()).isLessThan(until);
        }
    }

    private Path fetched(Node node, FetchTarget target, String name) throws Exception {
        return completed(
                        node.fetch(FetchOptions.to(target, folder.resolve(name)).build()))
                .path();
    }

    private static FetchEvent.Complete completed(Fetch fetch) throws Exception {
        return fetch.completion().get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    /** A fetch of which something is here. */
    private Fetch started(Node node, FetchTarget target, String name) throws Exception {
        Fetch fetch = node.fetch(FetchOptions.to(target, folder.resolve(name))
                .timeouts(new FetchOptions.Timeouts(10, 5))
                .build());
        CountDownLatch came = new CountDownLatch(1);
        fetch.events(event -> {
            if (event instanceof FetchEvent.Progress progress && progress.verifiedBytes() > 0) {
                came.countDown();
            }
        });
        assertThat(came.await(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
        return fetch;
    }

    /** How a node that knows the hash and this address alone fares. */
    private CairnException.Kind refusedAt(Node holder, Key hash) throws Exception {
        Node nobody = node("nobody");
        return refused(nobody, new FetchTarget(hash, "", -1, List.of(at(holder))));
    }

    private CairnException.Kind refused(Node node, FetchTarget target) throws Exception {
        return kind(node.fetch(FetchOptions.to(target, folder.resolve("never"))
                .timeouts(new FetchOptions.Timeouts(4, 4))
                .build()));
    }

    private static CairnException.Kind kind(Fetch fetch) throws Exception {
        try {
            completed(fetch);
        } catch (ExecutionException failed) {
            return ((CairnException) Objects.requireNonNull(failed.getCause())).kind();
        }
        throw new AssertionError("it was fetched");
    }

    private Node node(String name) throws Exception {
        NodeConfig.Builder config = NodeConfig.builder(folder.resolve("node-" + name))
                .port(0)
                .bind(List.of(InetAddress.getLoopbackAddress()))
                .network("test")
                .lan(false);
        Node node = LocalNode.start((nodes.isEmpty()
                        ? config
                        : config.bootstrap(List.of(at(nodes.get(0)).toString())))
                .build());
        nodes.add(node);
        Integer unused = node.joined().get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        return node;
    }
}
