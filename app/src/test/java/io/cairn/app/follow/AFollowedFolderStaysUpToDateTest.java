package io.cairn.app.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cairn.app.CairnException;
import io.cairn.app.FetchOptions;
import io.cairn.app.Follows;
import io.cairn.app.Follows.FollowEvent;
import io.cairn.app.Node;
import io.cairn.app.NodeConfig;
import io.cairn.app.Operation;
import io.cairn.app.Values;
import io.cairn.app.node.LocalNode;
import io.cairn.app.values.Pointers;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ShareOptions;
import io.cairn.transfer.store.state.MovingNameTable;
import io.cairn.transfer.store.state.StateDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real nodes: one watches a folder under a name, the other follows the name. */
class AFollowedFolderStaysUpToDateTest {
    private static final int DEADLINE_SECONDS = 60;

    @TempDir
    private Path folder;

    private final BlockingQueue<FollowEvent.UpToDate> versions = new LinkedBlockingQueue<>();
    private Node publisher;
    private Node follower;
    private Path original;

    @BeforeEach
    void twoNodes() throws Exception {
        publisher = start("publisher");
        follower = start("follower");
        original = Files.createDirectory(folder.resolve("notes"));
        write("one.txt", "first");
        write("sub/two.txt", "second");
    }

    @AfterEach
    void close() {
        follower.close();
        publisher.close();
    }

    @Test
    void changesReachTheCopy() throws Exception {
        Follows.Version first = watch(false);
        Operation<FollowEvent, FollowEvent.UpToDate> following = follow(first.name(), 0);
        assertThat(next().hash()).isEqualTo(first.share().share().hash());
        assertThat(tree(copy())).isEqualTo(tree(original));

        write("one.txt", "first, changed");
        write("three.txt", "third");
        Files.delete(original.resolve("sub/two.txt"));
        Files.delete(original.resolve("sub"));
        until(() -> tree(copy()).equals(tree(original)));
        assertThat(publisher.shares())
                .singleElement()
                .satisfies(share -> assertThat(share.path()).isEqualTo(original));
        assertThat(following.completion()).isNotDone();
        until(() -> follower.shares().size() == 1);
        assertThat(folder.resolve("copy.versions")).doesNotExist();
        assertThat(following.completion().cancel(true)).isTrue();
    }

    @Test
    void olderVersionsAreKeptWhenAsked() throws Exception {
        Follows.Version first = watch(false);
        Operation<FollowEvent, FollowEvent.UpToDate> following = follow(first.name(), 1);
        next();
        for (String text : List.of("second version", "third version")) {
            write("one.txt", text);
            until(() -> text.equals(tree(copy()).get("one.txt")));
            next();
        }
        Map<String, String> kept = tree(folder.resolve("copy.versions"));
        assertThat(kept.values()).containsExactly("second version");
        following.completion().cancel(true);
    }

    @Test
    void whatWasKeptStaysWhenNothingMoreIsKept() throws Exception {
        Follows.Version first = watch(false);
        Operation<FollowEvent, FollowEvent.UpToDate> following = follow(first.name(), 1);
        next();
        write("one.txt", "second version");
        next();
        following.completion().cancel(true);
        follow(first.name(), 0);
        next();
        assertThat(tree(folder.resolve("copy.versions")).values()).containsExactly("first");
    }

    @Test
    void aFolderThatGoesBackTakesItsNameAlong() throws Exception {
        Follows.Version first = watch(false);
        Operation<FollowEvent, FollowEvent.UpToDate> unused = follow(first.name(), 0);
        next();
        for (int i = 0; i < 3; i++) {
            write("one.txt", "there");
            write("one.txt", "first");
        }
        write("three.txt", "the end");
        until(() -> "the end".equals(tree(copy()).get("three.txt")));
        until(() -> tree(copy()).equals(tree(original)));
        until(() -> publisher.shares().size() == 1);
        Key named = publisher.follows().watched().get(0).hash();
        assertThat(publisher.shares().get(0).hash()).isEqualTo(named);
    }

    @Test
    void aLinkIsWatchedWhereItLeads() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), original);
        Follows.Version first = publisher
                .follows()
                .watch(new Follows.Watch(link, "notes", ShareOptions.DEFAULT, false))
                .completion()
                .get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        follow(first.name(), 0);
        next();
        Files.move(original.resolve("sub"), folder.resolve("old"));
        Files.createDirectory(original.resolve("sub"));
        write("sub/two.txt", "in a folder that took the name of another");
        until(() -> tree(copy()).equals(tree(original)));
        write("sub/two.txt", "changed in there");
        until(() -> tree(copy()).equals(tree(original)));
    }

    @Test
    void aCopyInsideAWatchedFolderIsRefused() throws Exception {
        Follows.Version first = watch(false);
        ExecutionException failure = catchThrowableOfType(
                ExecutionException.class,
                () -> publisher
                        .follows()
                        .follow(new Follows.Follow(
                                first.name(), new FetchOptions.Output(original.resolve("copy"), false), 0))
                        .completion()
                        .get(DEADLINE_SECONDS, TimeUnit.SECONDS));
        assertThat(failure.getCause())
                .isInstanceOfSatisfying(
                        CairnException.class, cause -> assertThat(cause.kind()).isEqualTo(CairnException.Kind.USAGE));
    }

    @Test
    void aFollowerThatWasAwayCatchesUp() throws Exception {
        Follows.Version first = watch(false);
        follow(first.name(), 0);
        next();
        follower.close();
        write("one.txt", "while nobody looked");
        until(() -> !publisher
                .follows()
                .watched()
                .get(0)
                .hash()
                .equals(first.share().share().hash()));
        follower = start("follower");
        follow(first.name(), 0);
        FollowEvent.UpToDate later = next();
        assertThat(tree(copy())).isEqualTo(tree(original));
        assertThat(later.complete().updated()).isNotNull();
    }

    @Test
    void aKeptFolderIsWatchedInLaterRuns() throws Exception {
        Follows.Version first = watch(true);
        publisher.close();
        write("one.txt", "changed between two runs");
        publisher = start("publisher");
        until(() -> publisher.follows().watched().stream()
                .anyMatch(
                        watched -> !watched.hash().equals(first.share().share().hash())));
        Key now = publisher.follows().watched().get(0).hash();
        publisher.unshare(now).get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        assertThat(publisher.follows().watched()).isEmpty();
    }

    @Test
    void aNameThatNobodyPublishedCannotBeFollowed() throws Exception {
        Values.Name name = new Values.Name("nothing", publisher.info().node());
        ExecutionException failure = catchThrowableOfType(
                ExecutionException.class,
                () -> follower.follows()
                        .follow(new Follows.Follow(name, new FetchOptions.Output(folder.resolve("copy"), false), 0))
                        .completion()
                        .get(DEADLINE_SECONDS, TimeUnit.SECONDS));
        assertThat(failure.getCause())
                .isInstanceOfSatisfying(
                        CairnException.class,
                        cause -> assertThat(cause.kind()).isEqualTo(CairnException.Kind.NO_PROVIDER));
    }

    @Test
    void aPlaceWhereNothingWasEverFetchedIsForgotten() throws Exception {
        Key nobodys = Key.ofContent(new byte[] {1, 2, 3});
        Values.Name name = publisher
                .values()
                .put(Pointers.to("lost", nobodys))
                .get(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .name();
        ExecutionException failure = catchThrowableOfType(
                ExecutionException.class, () -> follow(name, 0).completion().get(DEADLINE_SECONDS, TimeUnit.SECONDS));
        assertThat(failure.getCause())
                .isInstanceOfSatisfying(
                        CairnException.class,
                        cause -> assertThat(cause.kind()).isEqualTo(CairnException.Kind.NO_PROVIDER));
        follower.close();
        try (StateDatabase state = StateDatabase.openReadOnly(folder.resolve("data-follower/cairn.db"))) {
            assertThat(state.movingNames().all(MovingNameTable.Kind.FOLLOWED)).isEmpty();
        }
    }

    private Follows.Version watch(boolean kept) throws Exception {
        return publisher
                .follows()
                .watch(new Follows.Watch(original, "notes", ShareOptions.DEFAULT, kept))
                .completion()
                .get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    private Operation<FollowEvent, FollowEvent.UpToDate> follow(Values.Name name, int keep) {
        Operation<FollowEvent, FollowEvent.UpToDate> following = follower.follows()
                .follow(new Follows.Follow(name, new FetchOptions.Output(folder.resolve("copy"), false), keep));
        following.events(event -> {
            if (event instanceof FollowEvent.UpToDate version) {
                versions.add(version);
            }
        });
        return following;
    }

    private FollowEvent.UpToDate next() throws InterruptedException {
        FollowEvent.UpToDate version = versions.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
        assertThat(version).as("a version within the deadline").isNotNull();
        return version;
    }

    private Path copy() {
        return folder.resolve("copy");
    }

    private void write(String name, String text) throws IOException {
        Path file = original.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void until(Condition condition) throws Exception {
        long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("the deadline").isLessThan(endNanos);
            Thread.onSpinWait();
        }
    }

    private static Map<String, String> tree(Path root) throws IOException {
        Map<String, String> files = new TreeMap<>();
        if (!Files.exists(root)) {
            return files;
        }
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(root.relativize(file).toString(), Files.readString(file, StandardCharsets.UTF_8));
            }
        } catch (java.io.UncheckedIOException | java.nio.file.NoSuchFileException replaced) {
            return Map.of(); // it changes while it is read
        }
        return files;
    }

    private Node start(String name) throws Exception {
        List<String> bootstrap = name.equals("publisher") && follower == null || publisher == null
                ? List.of()
                : List.of("127.0.0.1:"
                        + (name.equals("publisher") ? follower : publisher)
                                .info()
                                .port());
        Node node = LocalNode.start(NodeConfig.builder(folder.resolve("data-" + name))
                .port(0)
                .bind(List.of(InetAddress.getLoopbackAddress()))
                .network("test")
                .lan(false)
                .bootstrap(bootstrap)
                .build());
        node.joined().get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        return node;
    }
}
