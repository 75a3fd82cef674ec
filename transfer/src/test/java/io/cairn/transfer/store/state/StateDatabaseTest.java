package io.cairn.transfer.store.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cairn.dht.PublishedRegion;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.content.OnExisting;
import io.cairn.transfer.content.ShareSecret;
import io.cairn.transfer.content.hashing.ShareScanner;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.store.part.TestFiles;
import io.cairn.transfer.store.state.OfferTable.Origin;
import io.cairn.transfer.store.state.OfferTable.StoredOffer;
import io.cairn.transfer.store.state.StoredFetch.StoredFetchState;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateDatabaseTest {
    @TempDir
    Path temporary;

    private StoredShare share(String name) throws Exception {
        Path folder = temporary.resolve(name);
        TestFiles.write(folder.resolve("a"), TestFiles.random(1, 300_000));
        TestFiles.write(folder.resolve("b\n\"c\""), TestFiles.random(2, 5));
        Manifest manifest = TestFiles.manifest(folder);
        return new StoredShare(manifest, folder, ShareScanner.scan(folder).stamps(), 1, 2, 3);
    }

    private Path file() {
        return temporary.resolve(StateDatabase.FILE_NAME);
    }

    @Test
    void sharesAreRememberedOverARestart() throws Exception {
        StoredShare first = share("Zoë's");
        StoredShare second = share("b");
        try (StateDatabase state = StateDatabase.open(file())) {
            state.shares().put(first);
            state.shares().put(second);
            state.shares().put(second);
            state.shares().addUploaded(Map.of(second.hash(), 10L));
            state.shares().published(second.hash(), 99);
        }
        try (StateDatabase state = StateDatabase.open(file())) {
            assertThat(state.shares().all()).map(StoredShare::hash).containsExactly(first.hash(), second.hash());
            assertThat(state.shares().find(first.hash())).contains(first);
            StoredShare read = state.shares().find(second.hash()).orElseThrow();
            assertThat(read.uploadedBytes()).isEqualTo(13);
            assertThat(read.publishedMillis()).isEqualTo(99);
            assertThat(read.manifest().files()).isEqualTo(second.manifest().files());
            assertThat(state.shares().remove(first.hash())).isTrue();
            assertThat(state.shares().remove(first.hash())).isFalse();
            assertThat(state.shares().find(first.hash())).isEmpty();
        }
    }

    @Test
    void anotherConnectionReadsWhileOneWrites() throws Exception {
        StoredShare share = share("s");
        try (StateDatabase writer = StateDatabase.open(file())) {
            try (StateDatabase reader = StateDatabase.openReadOnly(file())) {
                writer.shares().put(share);
                assertThat(reader.shares().find(share.hash())).contains(share);
                assertThatThrownBy(() -> reader.shares().remove(share.hash()))
                        .isInstanceOf(StateDatabaseException.class);
            }
        }
        try (StateDatabase reader = StateDatabase.openReadOnly(file())) {
            assertThat(reader.shares().all()).hasSize(1);
        }
    }

    @Test
    void peersSeenLastAreKept() throws Exception {
        Random random = new Random(1);
        List<Contact> contacts = new ArrayList<>();
        for (int i = 0; i < PeerTable.ROWS_MAX + 50; i++) {
            contacts.add(new Contact(
                    NodeId.random(random), Endpoint.parse("[2001:db8::" + Integer.toHexString(i) + "]:4747")));
        }
        try (StateDatabase state = StateDatabase.open(file())) {
            state.peers().seen(contacts.subList(0, 10), 1_000);
            state.peers().seen(contacts.subList(10, contacts.size()), 2_000);
            assertThat(state.peers().latest(10_000))
                    .hasSize(PeerTable.ROWS_MAX)
                    .allMatch(peer -> peer.lastSeenMillis() == 2_000);
            state.peers().seen(contacts.subList(0, 1), 3_000);
            assertThat(state.peers().latest(1)).containsExactly(new StoredPeer(contacts.get(0), 3_000));
        }
    }

    @Test
    void aDamagedFileIsToldAndNotTouched() throws Exception {
        byte[] garbage = TestFiles.random(4, 20_000);
        Files.write(file(), garbage);
        assertThatThrownBy(() -> StateDatabase.open(file()))
                .isInstanceOf(StateDatabaseException.class)
                .hasMessageContaining("damaged")
                .hasMessageContaining(file().toString());
        assertThat(Files.readAllBytes(file())).isEqualTo(garbage);
    }

    @ParameterizedTest
    @ValueSource(strings = {"header", "page", "end"})
    void damageAnywhereIsToldAtTheStart(String where) throws Exception {
        try (StateDatabase state = StateDatabase.open(file())) {
            for (int i = 0; i < 100; i++) {
                state.settings().put("name " + i, "x".repeat(1_000));
            }
        }
        long length = Files.size(file());
        try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
            switch (where) {
                case "header" -> channel.write(ByteBuffer.wrap(TestFiles.random(4, 100)), 0);
                case "page" -> channel.write(ByteBuffer.wrap(TestFiles.random(4, 8_192)), length / 2 / 4_096 * 4_096);
                default -> channel.truncate(length / 2);
            }
        }
        byte[] damaged = Files.readAllBytes(file());
        assertThatThrownBy(() -> StateDatabase.open(file()))
                .isInstanceOfSatisfying(
                        StateDatabaseException.class,
                        failure -> assertThat(failure.trouble()).isEqualTo(StateDatabaseException.Trouble.DAMAGED))
                .hasMessageContaining("damaged")
                .hasMessageContaining(file().toString());
        assertThat(Files.readAllBytes(file())).isEqualTo(damaged);
    }

    @Test
    void whatWasPublishedWhenIsRememberedByRegion() throws Exception {
        List<Endpoint> endpoints = List.of(Endpoint.parse("192.0.2.7:4747"), Endpoint.parse("[2001:db8::7]:4747"));
        PublishedRegion first = new PublishedRegion(0, 5, endpoints);
        PublishedRegion last = new PublishedRegion(255, 6, endpoints);
        PublishedRegion again = new PublishedRegion(0, 7, endpoints.subList(0, 1));
        try (StateDatabase state = StateDatabase.open(file())) {
            state.publishedRegions().published(List.of(first, last));
            state.publishedRegions().published(List.of(again));
        }
        try (StateDatabase state = StateDatabase.open(file())) {
            assertThat(state.publishedRegions().all()).containsExactly(again, last);
        }
    }

    @Test
    void aDatabaseOfTheFirstVersionGetsWhatItLacks() throws Exception {
        StateDatabase.open(file()).close();
        try (Sqlite sqlite = Sqlite.open(file(), false)) {
            for (String table : List.of(
                    "published_region",
                    "held_records",
                    "fetch_request",
                    "fetch_why",
                    "placed_file",
                    "setting",
                    "hashed_chunk",
                    "copy",
                    "own_value",
                    "own_service",
                    "moving_name",
                    "contact_group_member",
                    "contact_group",
                    "contact",
                    "offer",
                    "fetch_file")) {
                sqlite.update("DROP TABLE " + table);
            }
            sqlite.update("ALTER TABLE fetch_journal ADD COLUMN part_modified_nanos INTEGER NOT NULL DEFAULT 0");
            sqlite.update("PRAGMA user_version = 1");
        }
        try (StateDatabase state = StateDatabase.open(file())) {
            assertThat(state.publishedRegions().all()).isEmpty();
            assertThat(state.heldRecords().read("", 9)).isEmpty();
            assertThat(state.fetchRequests().all()).isEmpty();
            assertThat(state.settings().all()).isEmpty();
        }
        StateDatabase.open(file()).close();
    }

    @Test
    void offersOfVersionNineHaveNoOwner() throws Exception {
        Key hash = Key.ofContent(new byte[] {1});
        NodeId owner = NodeId.random(new Random(3));
        ShareSecret secret = ShareSecret.random(new Random(4));
        StoredOffer told = new StoredOffer(hash, false, 0, Origin.TOLD, secret, List.of(), List.of(), Set.of(), owner);
        StoredOffer own = new StoredOffer(
                Key.ofContent(new byte[] {2}),
                true,
                5,
                Origin.OWN,
                secret,
                List.of("lab"),
                List.of(owner),
                Set.of(owner),
                null);
        try (StateDatabase state = StateDatabase.open(file())) {
            state.offers().put(told);
            state.offers().put(own);
            assertThat(state.offers().all()).containsExactly(told, own);
        }
        try (Sqlite sqlite = Sqlite.open(file(), false)) {
            sqlite.update("ALTER TABLE offer DROP COLUMN owner");
            sqlite.update("ALTER TABLE offer DROP COLUMN removed");
            sqlite.update("ALTER TABLE offer DROP COLUMN named");
            sqlite.update("PRAGMA user_version = 9");
        }
        StoredOffer before = new StoredOffer(hash, false, 0, Origin.TOLD, secret, List.of(), List.of(), Set.of(), null);
        try (StateDatabase state = StateDatabase.openReadOnly(file())) {
            assertThat(state.offers().all()).first().isEqualTo(before);
        }
        try (StateDatabase state = StateDatabase.open(file())) {
            assertThat(state.offers().all()).first().isEqualTo(before);
            state.offers().put(told);
            assertThat(state.offers().all()).last().isEqualTo(told);
        }
    }

    @Test
    void whatUsersAskedForIsRememberedInTheOrderTheyAskedForIt() throws Exception {
        Key hash = Key.ofContent(new byte[] {1});
        FetchRequest first = request(hash, "a", 5);
        FetchRequest second = request(hash, "b", 5);
        try (StateDatabase state = StateDatabase.open(file())) {
            state.fetchRequests().put(first);
            state.fetchRequests().put(second);
            state.fetchRequests().setState(hash, second.output(), StoredFetchState.PAUSED, "b's name");
            state.settings().put("limit-up", "1");
            state.settings().put("limit-up", "2");
        }
        try (StateDatabase state = StateDatabase.open(file())) {
            assertThat(state.fetchRequests().all()).hasSize(2).first().isEqualTo(first);
            assertThat(state.fetchRequests().all()).last().satisfies(stored -> {
                assertThat(stored.state()).isEqualTo(StoredFetchState.PAUSED);
                assertThat(stored.name()).isEqualTo("b's name");
            });
            assertThat(state.fetchRequests().remove(hash, first.output())).isTrue();
            assertThat(state.fetchRequests().remove(hash, first.output())).isFalse();
            assertThat(state.settings().all()).containsExactly(Map.entry("limit-up", "2"));
        }
    }

    private FetchRequest request(Key hash, String output, long createdMillis) {
        return new FetchRequest(
                hash,
                temporary.resolve(output),
                true,
                "",
                List.of(Endpoint.parse("127.0.0.1:4747"), Endpoint.parse("[::1]:4747")),
                true,
                false,
                List.of("*.txt", "a b/**"),
                OnExisting.RENAME,
                7,
                90,
                createdMillis % 2 == 0 ? hash : null,
                createdMillis % 2 == 0 ? temporary.resolve("old") : null,
                StoredFetchState.ACTIVE,
                createdMillis);
    }

    @Test
    void databasesOfOthersAndOfNewerVersionsAreRefused() throws Exception {
        try (Sqlite sqlite = Sqlite.open(file(), false)) {
            sqlite.update("CREATE TABLE theirs (x)");
        }
        assertThatThrownBy(() -> StateDatabase.open(file())).hasMessageContaining("another program");
        Path newer = temporary.resolve("newer.db");
        StateDatabase.open(newer).close();
        try (Sqlite sqlite = Sqlite.open(newer, false)) {
            sqlite.update("PRAGMA user_version = " + (Schema.VERSION + 1));
        }
        assertThatThrownBy(() -> StateDatabase.open(newer)).hasMessageContaining("newer version");
    }

    @Test
    void readingNeedsAFile() {
        assertThatThrownBy(() -> StateDatabase.openReadOnly(file())).isInstanceOf(NoSuchFileException.class);
        assertThat(file()).doesNotExist();
    }

    @Test
    void hashesAreTextThatPeopleCanRead() throws Exception {
        StoredShare share = share("s");
        try (StateDatabase state = StateDatabase.open(file())) {
            state.shares().put(share);
        }
        try (Sqlite sqlite = Sqlite.open(file(), true)) {
            assertThat(sqlite.query("SELECT hash, name FROM share", row -> row.getString(1) + " " + row.getString(2)))
                    .containsExactly(share.hash().toHex() + " s");
        }
        assertThat(Key.fromHex(share.hash().toHex())).isEqualTo(share.hash());
    }
}
