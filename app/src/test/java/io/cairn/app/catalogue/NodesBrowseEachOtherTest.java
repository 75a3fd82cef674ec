package io.cairn.app.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cairn.app.CairnException;
import io.cairn.app.Catalogue.Browse;
import io.cairn.app.Catalogue.Browsed;
import io.cairn.app.Catalogue.Heard;
import io.cairn.app.Catalogue.Listing;
import io.cairn.app.Catalogue.Matches;
import io.cairn.app.FetchOptions;
import io.cairn.app.FetchTarget;
import io.cairn.app.Node;
import io.cairn.app.NodeConfig;
import io.cairn.app.Offers.Offer;
import io.cairn.app.Operation;
import io.cairn.app.node.LocalNode;
import io.cairn.app.work.Work;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.content.ShareOptions;
import io.cairn.transfer.content.ShareSecret;
import io.cairn.transfer.store.state.OfferTable.Origin;
import io.cairn.transfer.store.state.OfferTable.StoredOffer;
import io.cairn.transfer.store.state.StateDatabase;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real nodes over loopback: what one lists, others see and fetch; what it does not list, nobody sees. */
final class NodesBrowseEachOtherTest {
    private static final Offer LISTED = new Offer(true, null);
    private static final Offer UNLISTED = new Offer(false, null);

    @TempDir
    Path folder;

    private final List<Node> nodes = new ArrayList<>();
    private Node sharing;
    private Node browsing;

    @BeforeEach
    void startNodes() throws Exception {
        sharing = start("sharing");
        browsing = start("browsing");
    }

    @AfterEach
    void closeNodes() {
        Collections.reverse(nodes);
        nodes.forEach(Node::close);
    }

    @Test
    void whatIsListedIsSeenAndFetchedByWords() throws Exception {
        Path film = write("Holiday film.mkv", "moving pictures");
        Key hash = share(film, LISTED);
        share(write("secret.txt", "not listed"), null);
        Listing seen = only(browse());
        assertThat(seen.hash()).isEqualTo(hash);
        assertThat(seen.name()).isEqualTo("Holiday film.mkv");
        assertThat(seen.size()).isEqualTo(15);
        assertThat(seen.folder()).isFalse();
        assertThat(seen.files()).isEqualTo(1);
        assertThat(seen.from()).isEqualTo(sharing.info().node());
        assertThat(seen.restricted()).isFalse();
        assertThat(browsing.catalogue().known()).containsExactly(seen);
        FetchTarget target = Wanted.resolve(browsing, "FILM holiday", null).get(20, TimeUnit.SECONDS);
        assertThat(target.hash()).isEqualTo(hash);
        assertThat(target.peers()).isNotEmpty();
        Path copy = folder.resolve("copy");
        browsing.fetch(FetchOptions.to(target, copy).build()).completion().get(30, TimeUnit.SECONDS);
        assertThat(copy).hasSameBinaryContentAs(film);
        assertThat(browsing.resolve(hash.toHex()).peers()).isEqualTo(target.peers());
    }

    @Test
    void nothingIsListedUnlessAskedForAndNotForLonger() throws Exception {
        Path film = write("film.mkv", "moving pictures");
        share(film, null);
        assertThat(browse()).isEmpty();
        share(film, LISTED);
        assertThat(browse()).hasSize(1);
        share(film, null);
        assertThat(browse()).hasSize(1);
        share(film, UNLISTED);
        assertThat(browse()).isEmpty();
        Key hash = share(film, LISTED);
        assertThat(browse()).hasSize(1);
        sharing.unshare(hash).get(20, TimeUnit.SECONDS);
        assertThat(browse()).isEmpty();
        share(film, null);
        assertThat(browse()).isEmpty();
    }

    @Test
    void theNextVersionStaysListedAndTheFormerDoesNot() throws Exception {
        Path film = write("film.mkv", "moving pictures");
        Key before = share(film, LISTED);
        Files.writeString(film, "other pictures");
        Files.setLastModifiedTime(film, FileTime.fromMillis(1_000));
        Key after = share(film, null);
        assertThat(after).isNotEqualTo(before);
        assertThat(only(browse()).hash()).isEqualTo(after);
    }

    @Test
    void listedSharesAreListedAfterARestart() throws Exception {
        share(write("film.mkv", "moving pictures"), LISTED);
        assertThat(browse()).hasSize(1);
        sharing.close();
        nodes.remove(sharing);
        sharing = start("sharing");
        connect(sharing);
        List<Listing> seen = browse();
        while (seen.isEmpty()) { // it restores its shares
            seen = browse();
        }
        assertThat(only(seen).name()).isEqualTo("film.mkv");
    }

    @Test
    void aRestrictedShareIsSeenByItsMembersAlone() throws Exception {
        Key hash = share(write("film.mkv", "moving pictures"), null);
        NodeId member = browsing.info().node();
        sharing.close();
        nodes.remove(sharing);
        ShareSecret secret = ShareSecret.random(new Random(1));
        try (StateDatabase state = StateDatabase.open(folder.resolve("sharing").resolve(StateDatabase.FILE_NAME))) {
            state.offers()
                    .put(new StoredOffer(
                            hash, true, 7, Origin.OWN, secret, List.of(member.toHex()), List.of(), Set.of(), null));
        }
        sharing = start("sharing");
        connect(sharing);
        List<Listing> seen = browse();
        while (seen.isEmpty()) { // it restores its shares
            seen = browse();
        }
        assertThat(only(seen).restricted()).isTrue();
        FetchTarget target = browsing.catalogue().find(List.of("film")).get(20, TimeUnit.SECONDS);
        assertThat(target.hash()).isEqualTo(hash);
        assertThat(target.secret()).isNull(); // anybody may list anything
        assertThat(browsing.resolve(hash.toHex()).secret()).isNull();
        FetchOptions options =
                FetchOptions.to(target, folder.resolve("copy.mkv")).build();
        Object fetched = browsing.fetch(options).completion().get(20, TimeUnit.SECONDS);
        assertThat(fetched).as("whom it names tells a member the secret").isNotNull();
        Object unused = browsing.contacts().add("bob", sharing.info().node()).get(20, TimeUnit.SECONDS);
        assertThat(browsing.resolve(hash.toHex()).secret()).isEqualTo(secret);
        assertThat(browsing.catalogue()
                        .find(List.of("film"))
                        .get(20, TimeUnit.SECONDS)
                        .secret())
                .isEqualTo(secret);
        Node stranger = start("stranger");
        assertThat(browse(stranger, List.of())).isEmpty();
        assertThat(stranger.catalogue().known()).isEmpty();
    }

    @Test
    void wordsThatMeanSeveralSharesNameThemAll() throws Exception {
        Key one = share(write("film one.mkv", "1"), LISTED);
        Key two = share(write("film two.mkv", "2"), LISTED);
        assertThatThrownBy(() -> Wanted.resolve(browsing, "film", null).get(20, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .satisfies(failure -> {
                    CairnException told = (CairnException) Work.cause(failure);
                    assertThat(told.kind()).isEqualTo(CairnException.Kind.USAGE);
                    assertThat(told.next()).contains(one.toHex(), two.toHex(), "film one.mkv", "film two.mkv");
                });
        Matches found = Wanted.matches(browsing, "film", null).get(20, TimeUnit.SECONDS);
        assertThat(found.count()).isEqualTo(2);
        assertThat(found.first()).hasSize(2).allSatisfy(match -> {
            assertThat(match.target().peers()).as("where it is listed").isNotEmpty();
            assertThat(match.target().size()).isEqualTo(1);
            assertThat(match.who()).isEqualTo(sharing.info().node().toShortString());
            assertThat(match.nodes()).isEqualTo(1);
        });
        assertThat(Wanted.resolve(browsing, "film two.mkv", null)
                        .get(20, TimeUnit.SECONDS)
                        .hash())
                .isEqualTo(two);
        String beginning = one.toHex().substring(0, 10);
        assertThat(Wanted.resolve(browsing, beginning, null)
                        .get(20, TimeUnit.SECONDS)
                        .hash())
                .isEqualTo(one);
        assertThatThrownBy(() ->
                        Wanted.resolve(browsing, "nothing of the kind", null).get(20, TimeUnit.SECONDS))
                .hasMessageContaining("not a hash or link: nothing of the kind");
    }

    @Test
    void aTorrentFileOfCairnsIsWanted() throws Exception {
        Key hash = share(write("film.mkv", "moving pictures"), null);
        Path torrent = sharing.exportTorrent(hash, folder.resolve("film.torrent"));
        assertThat(Wanted.resolve(browsing, "film.torrent", folder)
                        .get(20, TimeUnit.SECONDS)
                        .hash())
                .isEqualTo(hash);
        assertThat(Wanted.resolve(browsing, torrent.toString(), null)
                        .get(20, TimeUnit.SECONDS)
                        .hash())
                .isEqualTo(hash);
        Files.writeString(torrent, "d4:infod4:name1:xee");
        assertThatThrownBy(() -> Wanted.resolve(browsing, torrent.toString(), null))
                .hasMessageContaining("not a torrent file of Cairn's");
    }

    @Test
    void oneNodeIsAskedByItsIdOrTheBeginningOfIt() throws Exception {
        share(write("film.mkv", "moving pictures"), LISTED);
        Node other = start("other");
        share(other, write("other film.mkv", "others"), LISTED);
        NodeId node = sharing.info().node();
        assertThat(browse(browsing, List.of())).hasSize(2);
        for (String name : List.of(node.toHex(), node.toHex().substring(0, 6), node.toShortString())) {
            assertThat(only(browse(browsing, List.of(name))).from()).isEqualTo(node);
        }
        assertThat(browse(browsing, List.of(node.toHex(), "other"))).isEmpty();
        assertThat(only(browse(browsing, List.of("OTHER"))).from())
                .isEqualTo(other.info().node());
    }

    @Test
    void aClosedNodeKnowsNothingAndFails() {
        browsing.close();
        assertThat(browsing.catalogue().known()).isEmpty();
        assertThatThrownBy(() -> browsing.catalogue().find(List.of("film")).get(20, TimeUnit.SECONDS))
                .hasRootCauseInstanceOf(CairnException.class);
    }

    private List<Listing> browse() throws Exception {
        return browse(browsing, List.of());
    }

    private static List<Listing> browse(Node node, List<String> words) throws Exception {
        List<Listing> entries = Collections.synchronizedList(new ArrayList<>());
        Operation<Heard, Browsed> browsing = node.catalogue().browse(new Browse(words));
        browsing.events(heard -> entries.addAll(heard.entries()));
        Browsed browsed = browsing.completion().get(40, TimeUnit.SECONDS);
        assertThat(browsed.entries()).isEqualTo(entries.size());
        assertThat(browsed.asked()).isPositive();
        return entries;
    }

    private static Listing only(List<Listing> entries) {
        assertThat(entries).hasSize(1);
        return entries.get(0);
    }

    private Key share(Path path, @Nullable Offer offer) throws Exception {
        return share(sharing, path, offer);
    }

    private static Key share(Node node, Path path, @Nullable Offer offer) throws Exception {
        return node.share(path, ShareOptions.DEFAULT, offer)
                .completion()
                .get(30, TimeUnit.SECONDS)
                .share()
                .hash();
    }

    private Path write(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text);
    }

    private void connect(Node node) throws Exception {
        CompletableFuture<?> connected =
                browsing.connect("127.0.0.1:" + node.info().port());
        connected.get(20, TimeUnit.SECONDS);
    }

    private Node start(String name) throws Exception {
        List<String> known = nodes.stream()
                .limit(2)
                .map(node -> "127.0.0.1:" + node.info().port())
                .toList();
        Node node = LocalNode.start(NodeConfig.builder(folder.resolve(name))
                .port(0)
                .bind(List.of(InetAddress.getLoopbackAddress()))
                .network("test")
                .lan(false)
                .bootstrap(known)
                .build());
        nodes.add(node);
        node.joined().get(20, TimeUnit.SECONDS);
        return node;
    }
}
