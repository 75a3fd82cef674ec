package io.cairn.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Catalogue;
import io.cairn.app.Fetch;
import io.cairn.app.FetchEvent;
import io.cairn.app.FetchOptions;
import io.cairn.app.FetchState;
import io.cairn.app.FetchTarget;
import io.cairn.app.Follows;
import io.cairn.app.Node;
import io.cairn.app.Node.Excerpt;
import io.cairn.app.Offers.Offer;
import io.cairn.app.Offers.Offered;
import io.cairn.app.Operation;
import io.cairn.app.Services;
import io.cairn.app.SpeedLimits;
import io.cairn.app.Subscription;
import io.cairn.app.Values;
import io.cairn.app.Why;
import io.cairn.dht.Provider;
import io.cairn.dht.SearchReport;
import io.cairn.dht.id.Key;
import io.cairn.dht.service.DiscoveryReport;
import io.cairn.dht.wire.Service;
import io.cairn.transfer.content.ShareOptions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract of every {@link Node}, wherever it runs. */
abstract class NodeContract extends PeopleContract {
    private static final Key UNKNOWN = Key.ofContent(new byte[] {1});

    @Test
    void aValueIsReadWhereverItWasWritten() throws Exception {
        Values.Written first = get(sharer.values().put(value("motd", "one", 0L)));
        assertThat(first.name().publisher()).isEqualTo(sharer.info().node());
        assertThat(first.bytes()).isEqualTo(3);
        Values.Read read = get(node.values().get(first.name()));
        assertThat(StandardCharsets.UTF_8.decode(read.content().duplicate()).toString())
                .isEqualTo("one");
        assertThat(read.sequence()).isEqualTo(first.sequence());
        Values.Written second = get(sharer.values().put(value("motd", "two", first.sequence())));
        assertThat(second.sequence()).isGreaterThan(first.sequence());
        assertThat(get(node.values().get(first.name())).sequence()).isEqualTo(second.sequence());
    }

    @Test
    void aValueWithAnotherSequenceThanExpectedStays() throws Exception {
        Values.Written first = get(node.values().put(value("motd", "one", null)));
        assertThat(kind(node.values().put(value("motd", "two", first.sequence() - 1))))
                .isEqualTo(Kind.EXISTS);
        assertThat(kind(node.values().put(value("motd", "two", 0L)))).isEqualTo(Kind.EXISTS);
        assertThat(kind(node.values().put(value("other", "two", 7L)))).isEqualTo(Kind.EXISTS);
        assertThat(get(node.values().get(first.name())).sequence()).isEqualTo(first.sequence());
    }

    @Test
    void aValueThatIsTooLongHasNoNameOrIsMissingFails() throws Exception {
        assertThat(kind(node.values().put(value("motd", "x".repeat(513), null))))
                .isEqualTo(Kind.USAGE);
        assertThat(kind(node.values().put(value("a@b", "x", null)))).isEqualTo(Kind.USAGE);
        assertThat(kind(node.values().get(new Values.Name("none", sharer.info().node()))))
                .isEqualTo(Kind.NO_PROVIDER);
    }

    @Test
    void aServiceIsFoundByAllThatItCanDoUntilItIsWithdrawn() throws Exception {
        Service printer = new Service("office", List.of("printer", "colour"), "ipp://h/p", Map.of("floor", "3"));
        Services.Announced announced =
                get(sharer.services().announce(new Services.Announcement(printer, Services.TTL_SECONDS, false)));
        assertThat(sharer.services().announced())
                .extracting(Services.Announced::service)
                .containsExactly(printer);
        Services.ServiceQuery query = Services.ServiceQuery.all(List.of("Colour", "PRINTER"));
        Operation<Services.Event, DiscoveryReport> search = node.services().discover(query);
        BlockingQueue<Services.Event> heard = new LinkedBlockingQueue<>();
        search.events(heard::add);
        assertThat(get(search.completion()).services()).isEqualTo(1);
        assertThat(heard).singleElement().isInstanceOfSatisfying(Services.Event.Found.class, one -> {
            assertThat(one.found().service()).isEqualTo(printer);
            assertThat(one.found().publisher()).isEqualTo(announced.publisher());
        });
        assertThat(kind(node.services()
                        .discover(Services.ServiceQuery.all(List.of("printer", "plotter")))
                        .completion()))
                .isEqualTo(Kind.NO_PROVIDER);
        assertThat(get(sharer.services().withdraw("office")).service()).isEqualTo(printer);
        assertThat(sharer.services().announced()).isEmpty();
        assertThat(kind(sharer.services().withdraw("office"))).isEqualTo(Kind.USAGE);
    }

    @Test
    void aWatchTellsWhatIsThereAndEndsWhenItIsCancelled() throws Exception {
        Service printer = new Service("office", List.of("printer"), "ipp://h/p", Map.of());
        get(sharer.services().announce(new Services.Announcement(printer, Services.TTL_SECONDS, false)));
        Operation<Services.Event, DiscoveryReport> watch =
                node.services().watch(Services.ServiceQuery.all(List.of("printer")));
        BlockingQueue<Services.Event> heard = new LinkedBlockingQueue<>();
        watch.events(heard::add);
        assertThat(heard.poll(DEADLINE_SECONDS, TimeUnit.SECONDS)).isInstanceOf(Services.Event.Found.class);
        assertThat(watch.completion().cancel(false)).isTrue();
    }

    @Test
    void sharingTellsHowFarItIs() throws Exception {
        Path file = Files.writeString(folder.resolve("other.txt"), "another file");
        Operation<Node.HashProgress, Node.ShareReport> sharing = node.share(file);
        BlockingQueue<Node.HashProgress> heard = new LinkedBlockingQueue<>();
        sharing.events(heard::add);
        Node.ShareReport report = get(sharing.completion());
        assertThat(heard).last().isEqualTo(new Node.HashProgress(12, 12));
        assertThat(node.shares())
                .extracting(Node.Share::hash)
                .containsExactly(report.share().hash());
        assertThat(node.link(report.share().hash())).contains(report.link());
        assertThat(node.link(report.share().hash().toHex())).contains(report.link());
        assertThat(get(node.unshare("other.txt")).name()).isEqualTo("other.txt");
        assertThat(node.shares()).isEmpty();
        assertThat(node.link(report.share().hash())).isEmpty();
        assertThat(file).exists();
    }

    @Test
    void aShareCanBeForSomeAlone() throws Exception {
        Path file = Files.writeString(folder.resolve("other.txt"), "for some");
        Offer some = new Offer(false, List.of("00000000000000000000000000000000000000aa"));
        Key hash = get(node.share(file, ShareOptions.DEFAULT, some).completion())
                .share()
                .hash();
        assertThat(node.offers().of(hash)).isEqualTo(some);
        assertThat(node.shares()).extracting(Node.Share::offer).containsExactly(some);
        Offered open = get(node.offers().change(hash, Offer.OPEN));
        assertThat(open.offer()).isEqualTo(Offer.OPEN);
        assertThat(node.link(hash)).contains(open.link());
        assertThat(node.shares()).extracting(Node.Share::offer).containsExactly(Offer.OPEN);
    }

    @Test
    void theFirstListenerOfAFetchHearsAllOfIt() throws Exception {
        Fetch fetch =
                node.fetch(FetchOptions.to(target(), folder.resolve("copy")).build());
        BlockingQueue<FetchEvent> heard = new LinkedBlockingQueue<>();
        fetch.events(heard::add);
        FetchEvent.Complete complete = get(fetch.completion());
        assertThat(complete.path()).hasContent(CONTENT);
        assertThat(complete.alreadyThere()).isFalse();
        assertThat(heard)
                .hasAtLeastOneElementOfType(FetchEvent.ManifestArrived.class)
                .hasAtLeastOneElementOfType(FetchEvent.Verified.class)
                .last()
                .isEqualTo(complete);
        assertThat(fetch.status().state()).isEqualTo(FetchState.DONE);
    }

    @Test
    void whoComesLateHearsHowAFetchStands() throws Exception {
        Fetch fetch =
                node.fetch(FetchOptions.to(target(), folder.resolve("copy")).build());
        fetch.events(event -> {});
        FetchEvent.Complete complete = get(fetch.completion());
        BlockingQueue<FetchEvent> late = new LinkedBlockingQueue<>();
        fetch.events(late::add);
        assertThat(late)
                .hasAtLeastOneElementOfType(FetchEvent.ManifestArrived.class)
                .last()
                .isEqualTo(complete);
        BlockingQueue<FetchEvent> listed = new LinkedBlockingQueue<>();
        assertThat(node.fetches()).hasSize(1);
        node.fetches().get(0).events(listed::add);
        assertThat(listed).last().isEqualTo(complete);
    }

    @Test
    void aListenerCanBeTakenBack() throws Exception {
        Operation<Provider, SearchReport> search = node.find(UNKNOWN);
        Subscription subscription = search.events(provider -> {
            throw new AssertionError("it was taken back");
        });
        subscription.close();
        subscription.close();
        assertThat(get(search.completion()).providers()).isZero();
        Subscription notices = node.onNotice(notice -> {});
        notices.close();
        notices.close();
    }

    @Test
    void aSearchTellsProviders() throws Exception {
        Operation<Provider, SearchReport> search = node.find(share.hash().toHex());
        BlockingQueue<Provider> found = new LinkedBlockingQueue<>();
        search.events(found::add);
        assertThat(get(search.completion()).providers()).isEqualTo(1);
        assertThat(found).extracting(Provider::id).containsExactly(sharer.info().node());
    }

    @Test
    void whatWasNeverFetchedIsLookedUpAndNotDialled() throws Exception {
        Why why = get(node.why(UNKNOWN));
        assertThat(why.hash()).isEqualTo(UNKNOWN);
        assertThat(why.state()).isNull();
        assertThat(why.cause()).startsWith("it was never fetched here");
        assertThat(why.dials()).isEmpty();
    }

    @Test
    void aFetchCanBePausedResumedAndCancelled() throws Exception {
        Path copy = folder.resolve("copy");
        Fetch fetch = node.fetch(FetchOptions.to(new FetchTarget(UNKNOWN, "", -1, List.of()), copy)
                .retried(true)
                .build());
        assertThat(get(fetch.pause()).state()).isEqualTo(FetchState.PAUSED);
        assertThat(get(fetch.resume()).isEnded()).isFalse();
        assertThat(fetch.completion()).isNotDone();
        assertThat(get(fetch.cancel()).state()).isEqualTo(FetchState.CANCELLED);
        assertThat(kind(fetch.completion())).isEqualTo(Kind.INTERRUPTED);
        assertThat(node.fetches()).isEmpty();
        assertThat(copy).doesNotExist();
    }

    @Test
    void bytesOfAShareAreRead() throws Exception {
        Excerpt excerpt = get(sharer.read(share.hash(), "film.mkv", 5, 3));
        assertThat(excerpt.offset()).isEqualTo(5);
        assertThat(excerpt.fileBytes()).isEqualTo(CONTENT.length());
        assertThat(excerpt.bytes()).isEqualTo(ByteBuffer.wrap("two".getBytes(StandardCharsets.UTF_8)));
        assertThat(get(sharer.read("film.mkv", "", CONTENT.length(), 3)).bytes().hasRemaining())
                .isFalse();
        assertThat(kind(sharer.read(share.hash(), "other", 0, 3))).isEqualTo(Kind.USAGE);
        assertThat(kind(sharer.read(share.hash(), "film.mkv", -1, 3))).isEqualTo(Kind.USAGE);
        assertThat(kind(sharer.read(UNKNOWN, "film.mkv", 0, 3))).isEqualTo(Kind.NO_PROVIDER);
    }

    @Test
    void textNamesAShare() throws Exception {
        assertThat(sharer.resolve("film.mkv").hash()).isEqualTo(share.hash());
        assertThat(sharer.resolve(share.hash().toHex().toUpperCase(Locale.ROOT)).hash())
                .isEqualTo(share.hash());
        assertThatThrownBy(() -> sharer.resolve("nothing here"))
                .isInstanceOfSatisfying(
                        CairnException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(Kind.USAGE));
        assertThat(get(node.manifest(target())).name()).isEqualTo("film.mkv");
        assertThat(kind(node.unshare(UNKNOWN))).isEqualTo(Kind.OTHER);
    }

    @Test
    void limitsAndPeersAreData() throws Exception {
        SpeedLimits limits = new SpeedLimits(1 << 20, 0, 0, 1 << 16, true);
        assertThat(get(node.limit(limits))).isEqualTo(limits);
        assertThat(node.limits()).isEqualTo(limits);
        assertThat(node.peers())
                .extracting(Node.Peer::node)
                .contains(sharer.info().node());
        assertThat(node.statistics().uptimeMillis()).isNotNegative();
        assertThat(get(node.takeUpFetches())).isEmpty();
    }

    @Test
    void aNameIsWatchedHereAndFollowedThere() throws Exception {
        Path file = Files.writeString(folder.resolve("notes.txt"), "what the name points to");
        Follows.Version version = get(sharer.follows()
                .watch(new Follows.Watch(file, "notes", ShareOptions.DEFAULT, false))
                .completion());
        assertThat(version.name())
                .isEqualTo(new Values.Name("notes", sharer.info().node()));
        assertThat(sharer.follows().watched()).singleElement().satisfies(watched -> {
            assertThat(watched.hash()).isEqualTo(version.share().share().hash());
            assertThat(watched.path()).isEqualTo(file);
        });
        BlockingQueue<Follows.FollowEvent> events = new LinkedBlockingQueue<>();
        Operation<Follows.FollowEvent, Follows.FollowEvent.UpToDate> following = node.follows()
                .follow(new Follows.Follow(
                        version.name(), new FetchOptions.Output(folder.resolve("followed.txt"), false), 0));
        following.events(events::add);
        Follows.FollowEvent event = events.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
        while (event != null && !(event instanceof Follows.FollowEvent.UpToDate)) {
            event = events.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
        }
        assertThat(event)
                .isInstanceOfSatisfying(
                        Follows.FollowEvent.UpToDate.class,
                        now -> assertThat(now.hash())
                                .isEqualTo(version.share().share().hash()));
        assertThat(following.completion()).isNotDone();
        assertThat(following.completion().cancel(true)).isTrue();
    }

    @Test
    void aClosedNodeAnswersAtOnce() throws Exception {
        Fetch open = node.fetch(FetchOptions.to(new FetchTarget(UNKNOWN, "", -1, List.of()), folder.resolve("copy"))
                .retried(true)
                .build());
        assertThat(get(open.pause()).isEnded()).isFalse();
        node.close();
        node.close();
        assertThat(kind(open.completion())).isEqualTo(Kind.INTERRUPTED);
        assertThat(kind(open.pause())).isEqualTo(Kind.INTERRUPTED);
        assertThat(kind(open.cancel())).isEqualTo(Kind.INTERRUPTED);
        assertThat(kind(node.share(folder.resolve("film.mkv")).completion())).isEqualTo(Kind.INTERRUPTED);
        assertThat(kind(node.fetch(FetchOptions.to(target(), folder.resolve("late"))
                                .build())
                        .completion()))
                .isEqualTo(Kind.INTERRUPTED);
        assertThat(kind(node.find(UNKNOWN).completion())).isEqualTo(Kind.INTERRUPTED);
        assertThat(kind(node.why(UNKNOWN))).isEqualTo(Kind.INTERRUPTED);
        assertThat(kind(node.read(UNKNOWN, "", 0, 1))).isEqualTo(Kind.INTERRUPTED);
        assertThat(kind(node.unshare(UNKNOWN))).isEqualTo(Kind.INTERRUPTED);
        assertThat(kind(node.manifest(target()))).isEqualTo(Kind.INTERRUPTED);
        assertThat(kind(node.connect("127.0.0.1:1"))).isEqualTo(Kind.INTERRUPTED);
        assertThat(kind(node.limit(SpeedLimits.NONE))).isEqualTo(Kind.INTERRUPTED);
        assertThat(kind(node.takeUpFetches())).isEqualTo(Kind.INTERRUPTED);
        assertThat(kind(node.values().put(value("motd", "x", null)))).isEqualTo(Kind.INTERRUPTED);
        assertThat(kind(node.values().get(new Values.Name("motd", sharer.info().node()))))
                .isEqualTo(Kind.INTERRUPTED);
        Services.ServiceQuery query = Services.ServiceQuery.all(List.of("printer"));
        assertThat(kind(node.services().discover(query).completion())).isEqualTo(Kind.INTERRUPTED);
        assertThat(kind(node.services().watch(query).completion())).isEqualTo(Kind.INTERRUPTED);
        assertThat(kind(node.services().withdraw("office"))).isEqualTo(Kind.INTERRUPTED);
        assertThat(node.services().announced()).isEmpty();
        assertThat(kind(node.catalogue().browse(new Catalogue.Browse(List.of())).completion()))
                .isEqualTo(Kind.INTERRUPTED);
        assertThat(kind(node.catalogue().find(List.of("film")))).isEqualTo(Kind.INTERRUPTED);
        assertThat(kind(node.catalogue().matches(List.of("film")))).isEqualTo(Kind.INTERRUPTED);
        assertThat(node.catalogue().known()).isEmpty();
        assertThatThrownBy(() -> node.resolve(UNKNOWN.toHex())).isInstanceOf(CairnException.class);
        assertThat(node.shares()).isEmpty();
        assertThat(node.peers()).isEmpty();
        assertThat(node.link(share.hash())).isEmpty();
        assertThat(node.fetches()).extracting(Fetch::hash).containsExactly(UNKNOWN);
        node.onNotice(notice -> {}).close();
        open.events(event -> {}).close();
    }

    private FetchTarget target() {
        return new FetchTarget(share.hash(), "", -1, List.of());
    }

    private static Values.Put value(String name, String content, @Nullable Long ifSequence) {
        return new Values.Put(name, StandardCharsets.UTF_8.encode(content), ifSequence);
    }
}
