package io.cairn.app.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.CairnException;
import io.cairn.app.Catalogue;
import io.cairn.app.Check;
import io.cairn.app.Codes;
import io.cairn.app.Contacts;
import io.cairn.app.Fetch;
import io.cairn.app.FetchEvent;
import io.cairn.app.FetchOptions;
import io.cairn.app.FetchTarget;
import io.cairn.app.Follows;
import io.cairn.app.Node;
import io.cairn.app.Node.Excerpt;
import io.cairn.app.Offers;
import io.cairn.app.Operation;
import io.cairn.app.Services;
import io.cairn.app.SpeedLimits;
import io.cairn.app.Subscription;
import io.cairn.app.Values;
import io.cairn.app.Verifier.VerifyReport;
import io.cairn.app.Why;
import io.cairn.app.json.directory.FollowJson;
import io.cairn.app.json.directory.ServiceJson;
import io.cairn.app.json.directory.ValueJson;
import io.cairn.app.json.people.CodeJson;
import io.cairn.app.json.people.ContactJson;
import io.cairn.app.json.people.ListingJson;
import io.cairn.app.json.people.OfferJson;
import io.cairn.dht.Provider;
import io.cairn.dht.SearchReport;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.service.DiscoveryReport;
import io.cairn.transfer.content.ShareOptions;
import io.cairn.transfer.content.manifest.Manifest;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every value that goes through {@link Node} is written as JSON and read back as an equal value. */
class WhatIsWrittenIsReadTest {
    private static final long SEED = 20_261_129;
    private static final int VALUES = 300;
    private static final Key HASH = Key.ofContent(new byte[] {7});
    private static final Path PATH = Path.of("/a folder/名前");

    /** In the API, and no values: what they hold is written by one of the others, or as bytes. */
    private static final Set<Class<?>> NO_VALUES = Set.of(
            Node.class,
            Services.class,
            Values.class,
            Follows.class,
            Contacts.class,
            Catalogue.class,
            Catalogue.Browse.class,
            Offers.class,
            Follows.Watch.class,
            Follows.Follow.class,
            Fetch.class,
            Operation.class,
            Subscription.class,
            Manifest.class,
            Excerpt.class,
            Key.class,
            Values.Name.class,
            Values.Put.class,
            Codes.class,
            Codes.Send.class,
            Codes.Settlement.class,
            Services.ServiceQuery.class);

    private static final Map<Class<?>, Trip<?>> TRIPS = trips(
            new Trip<>(Node.NodeInfo.class, NodeJson::of, NodeJson::readInfo),
            new Trip<>(Node.NodeStatistics.class, NodeJson::of, NodeJson::readStatistics),
            new Trip<>(Node.Share.class, ShareJson::of, ShareJson::read),
            new Trip<>(Node.ShareReport.class, ShareJson::of, ShareJson::readReport),
            new Trip<>(Node.HashProgress.class, ShareJson::of, ShareJson::readProgress),
            new Trip<>(Node.Peer.class, PeerJson::of, PeerJson::read),
            new Trip<>(Node.Notice.class, NoticeJson::of, NoticeJson::read),
            new Trip<>(Contact.class, contact -> PeerJson.of(contact, "connected"), PeerJson::readContact),
            new Trip<>(SpeedLimits.class, NodeJson::of, NodeJson::readLimits),
            new Trip<>(Fetch.Status.class, WhatIsWrittenIsReadTest::write, FetchJson::readStatus),
            new Trip<>(FetchJson.Listed.class, WhatIsWrittenIsReadTest::write, FetchJson::read),
            new Trip<>(FetchEvent.class, event -> FetchEventJson.of(HASH, event), FetchEventJson::read),
            new Trip<>(FetchTarget.class, FetchTargetJson::of, FetchTargetJson::read),
            new Trip<>(FetchOptions.class, FetchOptionsJson::of, WhatIsWrittenIsReadTest::readOptions),
            new Trip<>(ShareOptions.class, options -> ShareOptionsJson.of(PATH, options), ShareOptionsJson::read),
            new Trip<>(Provider.class, provider -> SearchJson.of(HASH, provider), SearchJson::readProvider),
            new Trip<>(SearchReport.class, SearchJson::of, SearchJson::readReport),
            new Trip<>(Check.class, CheckJson::of, CheckJson::read),
            new Trip<>(Why.class, WhyJson::of, WhyJson::read),
            new Trip<>(VerifyReport.class, VerifyJson::of, VerifyJson::read),
            new Trip<>(RepairJson.Repair.class, RepairJson::of, WhatIsWrittenIsReadTest::readRepair),
            new Trip<>(Services.Announcement.class, ServiceJson::of, ServiceJson::readAnnouncement),
            new Trip<>(Services.Announced.class, ServiceJson::of, ServiceJson::readAnnounced),
            new Trip<>(Services.Event.class, ServiceJson::of, ServiceJson::readEvent),
            new Trip<>(DiscoveryReport.class, ServiceJson::of, ServiceJson::readReport),
            new Trip<>(Contacts.Person.class, ContactJson::of, ContactJson::read),
            new Trip<>(Contacts.Group.class, ContactJson::of, ContactJson::readGroup),
            new Trip<>(Contacts.Presence.class, ContactJson::of, ContactJson::readPresence),
            new Trip<>(NodeId.class, ContactJson::wanted, ContactJson::readWanted),
            new Trip<>(Follows.Watched.class, FollowJson::of, FollowJson::readWatched),
            new Trip<>(Follows.Version.class, FollowJson::of, FollowJson::readVersion),
            new Trip<>(Follows.FollowEvent.class, FollowJson::of, FollowJson::readEvent),
            new Trip<>(Codes.SendEvent.class, CodeJson::of, CodeJson::readEvent),
            new Trip<>(Codes.Sent.class, CodeJson::of, CodeJson::readSent),
            new Trip<>(Codes.Met.class, CodeJson::of, CodeJson::readMet),
            new Trip<>(Codes.CodeStatistics.class, CodeJson::of, CodeJson::readStatistics),
            new Trip<>(Offers.Offer.class, OfferJson::of, OfferJson::read),
            new Trip<>(Offers.Offered.class, OfferJson::of, OfferJson::readOffered),
            new Trip<>(Values.Written.class, ValueJson::of, ValueJson::readWritten),
            new Trip<>(Values.Read.class, ValueJson::of, ValueJson::readRead),
            new Trip<>(Catalogue.Listing.class, ListingJson::of, ListingJson::read),
            new Trip<>(Catalogue.Heard.class, ListingJson::of, ListingJson::readHeard),
            new Trip<>(Catalogue.Matches.class, ListingJson::of, ListingJson::readMatches),
            new Trip<>(Catalogue.Browsed.class, ListingJson::of, ListingJson::readBrowsed),
            new Trip<>(CairnException.class, ErrorJson::of, ErrorJson::read));

    private record Trip<T>(Class<T> type, Function<T, JsonObject> writer, Function<JsonTree, T> reader) {
        void make(T value) {
            byte[] line = writer.apply(value).line();
            T read = reader.apply(JsonTree.object(line));
            assertThat(plain(read))
                    .as("from %s", new String(line, StandardCharsets.UTF_8))
                    .isEqualTo(plain(value));
            assertThat(writer.apply(read).line()).isEqualTo(line);
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void aValueIsReadAsItWasWritten(Class<?> type) {
        makeTrips(trip(type), type);
    }

    @Test
    void theSmallAnswersAndRequestsAreReadAsTheyWereWritten() {
        assertThat(AnswerJson.readJoined(read(AnswerJson.joined(3)))).isEqualTo(3);
        assertThat(AnswerJson.readTorrent(read(AnswerJson.torrent(PATH)))).isEqualTo(PATH);
        JsonTree torrent = read(RequestJson.torrent(HASH, PATH));
        assertThat(RequestJson.readTorrentTarget(torrent)).isEqualTo(HASH.toHex());
        assertThat(RequestJson.readTorrentFile(torrent)).isEqualTo(PATH);
        assertThat(RequestJson.readConnect(read(RequestJson.connect("[::1]:4747"))))
                .isEqualTo("[::1]:4747");
        assertThat(CodeJson.readCode(read(CodeJson.meet("7-orbit-lamp")))).isEqualTo("7-orbit-lamp");
        JsonTree settled = read(CodeJson.settled("00ff", Codes.Settlement.STOPPED));
        assertThat(CodeJson.readTicket(settled)).isEqualTo("00ff");
        assertThat(CodeJson.readSettlement(settled)).isEqualTo(Codes.Settlement.STOPPED);
        Codes.Send send = new Codes.Send(List.of(PATH), ShareOptions.DEFAULT, null, 90, 2, List.of("ann", "lab"));
        assertThat(CodeJson.readSend(read(CodeJson.of(send)))).isEqualTo(send);
        Codes.Send text = new Codes.Send(List.of(), ShareOptions.DEFAULT, "words", 600, 1, List.of());
        assertThat(CodeJson.readSend(read(CodeJson.of(text)))).isEqualTo(text);
        Values.Put put = new Values.Put("motd", ByteBuffer.wrap(new byte[] {0, -1}), 7L);
        assertThat(ValueJson.readPut("motd", read(ValueJson.of(put)))).isEqualTo(put);
        assertThat(ShareOptionsJson.path(read(ShareOptionsJson.of(PATH, ShareOptions.DEFAULT))))
                .isEqualTo(PATH);
    }

    @Test
    void everyTypeOfTheApiHasAWriterAndAReader() {
        Set<Class<?>> missing = new HashSet<>(mentioned());
        missing.removeAll(NO_VALUES);
        missing.removeAll(TRIPS.keySet());
        missing.removeIf(type -> TRIPS.keySet().stream().anyMatch(known -> known.isAssignableFrom(type)));
        assertThat(missing).isEmpty();
    }

    /** The types to try: each of the table, and each of the cases of a sealed one. */
    static Stream<Named<Class<?>>> types() {
        return TRIPS.keySet().stream()
                .flatMap(type -> type.isSealed() ? Stream.of(type.getPermittedSubclasses()) : Stream.of(type))
                .sorted(Comparator.comparing(Class::getName))
                .map(type -> Named.of(type.getSimpleName(), type));
    }

    private static Trip<?> trip(Class<?> type) {
        return TRIPS.values().stream()
                .filter(trip -> trip.type().isAssignableFrom(type))
                .findFirst()
                .orElseThrow();
    }

    private static <T> void makeTrips(Trip<T> trip, Class<?> type) {
        RandomValues values = new RandomValues(SEED);
        for (int i = 0; i < VALUES; i++) {
            trip.make(trip.type().cast(values.of(type)));
        }
    }

    /** The types of this project in the signatures of a node and of what it returns. */
    private static Set<Class<?>> mentioned() {
        Set<Class<?>> types = new HashSet<>();
        Stream.of(
                        Node.class,
                        Services.class,
                        Values.class,
                        Follows.class,
                        Contacts.class,
                        Codes.class,
                        Catalogue.class,
                        Fetch.class,
                        Operation.class)
                .flatMap(api -> Stream.of(api.getMethods()))
                .filter(method -> !method.isSynthetic())
                .flatMap(WhatIsWrittenIsReadTest::types)
                .forEach(type -> collect(type, types));
        return types;
    }

    private static Stream<Type> types(Method method) {
        return Stream.concat(Stream.of(method.getGenericReturnType()), Stream.of(method.getGenericParameterTypes()));
    }

    private static void collect(Type type, Set<Class<?>> types) {
        if (type instanceof ParameterizedType generic) {
            collect(generic.getRawType(), types);
            Stream.of(generic.getActualTypeArguments()).forEach(argument -> collect(argument, types));
        } else if (type instanceof WildcardType wildcard) {
            Stream.of(wildcard.getLowerBounds()).forEach(bound -> collect(bound, types));
        } else if (type instanceof Class<?> known && known.getName().startsWith("io.cairn.")) {
            types.add(known);
        }
    }

    private static Map<Class<?>, Trip<?>> trips(Trip<?>... trips) {
        Map<Class<?>, Trip<?>> byType = new HashMap<>();
        Stream.of(trips).forEach(trip -> byType.put(trip.type(), trip));
        return byType;
    }

    /** An exception has no equality of its own: its parts have. */
    private static Object plain(Object value) {
        if (value instanceof Follows.FollowEvent.Delayed delayed) {
            return List.of(delayed.name(), delayed.retrySeconds(), plain(delayed.cause()));
        } else if (value instanceof Follows.FollowEvent.Fetching fetching) {
            return plain(fetching.event()); // the hash stands in the lines of most events
        }
        if (value instanceof FetchEvent.Failed failed) {
            return plain(failed.failure());
        }
        return value instanceof CairnException failure
                ? List.of(failure.kind(), String.valueOf(failure.getMessage()), failure.why(), failure.advice())
                : value;
    }

    private static JsonTree read(JsonObject object) {
        return JsonTree.object(object.line());
    }

    private static JsonObject write(Fetch.Status status) {
        return FetchJson.changed("paused", new Standing(new RandomValues(SEED).of(FetchOptions.class), status), status);
    }

    private static JsonObject write(FetchJson.Listed listed) {
        return FetchJson.of(new Standing(listed.options(), listed.status()), listed.id());
    }

    private static FetchOptions readOptions(JsonTree json) {
        return FetchOptionsJson.readWritten(json);
    }

    private static RepairJson.Repair readRepair(JsonTree json) {
        try {
            return RepairJson.read(json, hash -> new FetchTarget(Key.fromHex(hash), "", -1, List.of()));
        } catch (CairnException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** A fetch that does nothing but stand as it stands. */
    record Standing(FetchOptions options, Status status) implements Fetch {
        @Override
        public Key hash() {
            return options.target().hash();
        }

        @Override
        public CompletableFuture<FetchEvent.Complete> completion() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Subscription events(Consumer<? super FetchEvent> listener) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void stop() {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<Status> pause() {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<Status> resume() {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<Status> cancel() {
            throw new UnsupportedOperationException();
        }
    }
}
