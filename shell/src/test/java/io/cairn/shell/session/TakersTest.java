package io.cairn.shell.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.Node.Peer;
import io.cairn.app.Node.Share;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.shell.output.OutputsForTests;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class TakersTest {
    private static final long SECOND = 1_000_000_000L;
    private static final NodeId ANN = NodeId.fromHex("5f1c0000000000000000000000000000000000aa");

    private static final NodeId BEN = NodeId.fromHex("5f1c0000000000000000000000000000000000bb");

    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    private List<Share> shares = List.of(share("film.mkv", 1, 0), share("photos", 2, 0));
    private List<Peer> peers = List.of(peer(0));
    private long nanos;

    @Test
    void namesThePeerWhatItTakesAndHowFast() {
        Takers takers = takers(true);
        second(takers, 3 << 20, 3 << 20, 0);
        assertThat(text()).contains("5f1c…00aa at 127.0.0.1:4747", "takes  3.0 MiB/s  3.0 MiB  film.mkv");
        stderr.reset();
        second(takers, 5 << 20, 5 << 20, 0);
        assertThat(text()).contains("takes  2.0 MiB/s  5.0 MiB  film.mkv");
    }

    @Test
    void saysOnceThatAPeerHasStopped() {
        Takers takers = takers(false);
        second(takers, 1 << 20, 1 << 20, 0);
        for (int i = 0; i < 10; i++) {
            second(takers, 1 << 20, 1 << 20, 0);
        }
        assertThat(text().lines())
                .containsExactly(
                        "5f1c…00aa at 127.0.0.1:4747 takes chunks",
                        "5f1c…00aa at 127.0.0.1:4747 took 1.0 MiB of film.mkv");
    }

    @Test
    void countsOnWhenAnotherProcessHasBecomeTheNodeAndCountsFromZero() {
        Takers takers = takers(true);
        second(takers, 5 << 20, 5 << 20, 0);
        stderr.reset();
        second(takers, 2 << 20, 7 << 20, 0);
        assertThat(text()).contains("takes  2.0 MiB/s  7.0 MiB  film.mkv").doesNotContain("-");
    }

    @Test
    void namesEachShareThatAPeerTakesFromTheLatestFirst() {
        Takers takers = takers(true);
        second(takers, 2 << 20, 1 << 20, 1 << 20);
        assertThat(text()).contains("takes  2.0 MiB/s  2.0 MiB  photos, film.mkv");
        stderr.reset();
        second(takers, 3 << 20, 2 << 20, 1 << 20);
        assertThat(text()).contains("3.0 MiB  film.mkv, photos");
    }

    @Test
    void namesNoShareWhereItMayBeEither() {
        peers = List.of(peer(0), new Peer(BEN, Endpoint.parse("127.0.0.1:4748"), Peer.Via.BOTH, 0, 0));
        Takers takers = takers(true);
        nanos += SECOND;
        peers = List.of(peer(1 << 20), new Peer(BEN, Endpoint.parse("127.0.0.1:4748"), Peer.Via.BOTH, 0, 1 << 20));
        shares = List.of(share("film.mkv", 1, 1 << 20), share("photos", 2, 1 << 20));
        takers.look();
        assertThat(text()).contains("takes  1.0 MiB/s").doesNotContain("film.mkv", "photos");
        stderr.reset();
        nanos += SECOND;
        peers = List.of(peer(2 << 20), new Peer(BEN, Endpoint.parse("127.0.0.1:4748"), Peer.Via.BOTH, 0, 1 << 20));
        shares = List.of(share("film.mkv", 1, 2 << 20), share("photos", 2, 1 << 20));
        takers.look();
        assertThat(text()).contains("2.0 MiB  film.mkv and others");
    }

    @Test
    void isSilentAboutWhatWasSentBeforeAndWhileNothingIs() {
        peers = List.of(peer(7 << 20));
        shares = List.of(share("film.mkv", 1, 7 << 20));
        Takers takers = takers(true);
        nanos += SECOND;
        takers.look();
        assertThat(text()).isEmpty();
    }

    private void second(Takers takers, long sent, long ofFilm, long ofPhotos) {
        nanos += SECOND;
        peers = List.of(peer(sent));
        shares = List.of(share("film.mkv", 1, ofFilm), share("photos", 2, ofPhotos));
        takers.look();
    }

    private Takers takers(boolean animated) {
        return new Takers(
                () -> shares, () -> peers, Names.of(List.of()), OutputsForTests.notes(stderr, animated), () -> nanos);
    }

    private String text() {
        return stderr.toString(StandardCharsets.UTF_8);
    }

    private static Share share(String name, int digit, long uploaded) {
        return new Share(
                Key.fromHex(String.valueOf(digit).repeat(40)), name, Path.of(name), 9 << 20, 9, true, uploaded);
    }

    private static Peer peer(long sent) {
        return new Peer(ANN, Endpoint.parse("127.0.0.1:4747"), Peer.Via.BOTH, 0, sent);
    }
}
