package io.cairn.app.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cairn.app.FetchState;
import io.cairn.app.Reason;
import io.cairn.app.Why;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class WhyIsReadAsItIsWrittenTest {
    private static final Key HASH = Key.ofContent(new byte[] {1});
    private static final NodeId NODE = NodeId.of(Key.ofContent(new byte[] {2}).toBytes());
    private static final Endpoint PLACE = Endpoint.parse("192.0.2.7:4747");

    @Test
    void everyFieldAndEveryConstant() {
        Why why = why(FetchState.CHUNKS);

        assertThat(read(line(why))).isEqualTo(why);
        assertThat(line(why))
                .startsWith("{\"type\":\"why\",\"hash\":\"" + HASH + "\"")
                .contains("\"asked\":[{");
    }

    @Test
    void aHashThatWasNeverFetchedHasNoState() {
        Why why = new Why(
                HASH,
                "",
                null,
                "it was never fetched here",
                Reason.FETCH_AGAIN.says("fetch it"),
                List.of(),
                List.of(),
                List.of(),
                new Why.Missing(0, 0, List.of(), 0),
                List.of(),
                5);

        assertThat(read(line(why))).isEqualTo(why);
        assertThat(line(why)).contains("\"asked\":[],\"providers\":[],\"dials\":[]");
    }

    @Test
    void anAddressOnAnInterfaceThatIsGoneIsReadWithoutIt() {
        String here = line(why(FetchState.FAILED)).replace("192.0.2.7:4747", "[fe80::1%nosuch7]:4747");

        assertThat(read(here).asked().get(0).endpoint().toString())
                .contains("fe80:")
                .doesNotContain("nosuch7");
    }

    @Test
    void everyListIsBounded() {
        List<Why.Dialled> dials = IntStream.range(0, 200)
                .mapToObj(i -> new Why.Dialled(PLACE, null, Why.Origin.LINK, Why.DialEnd.REFUSED, "", i, 1))
                .toList();
        Why why = why(FetchState.FAILED);
        Why full = new Why(
                HASH,
                "",
                FetchState.FAILED,
                "",
                why.next(),
                Collections.nCopies(200, why.asked().get(0)),
                Collections.nCopies(200, why.providers().get(0)),
                dials,
                new Why.Missing(200, 200, IntStream.range(0, 200).boxed().toList(), 200),
                Collections.nCopies(200, why.peers().get(0)),
                0);

        assertThat(List.of(
                        full.asked(),
                        full.providers(),
                        full.dials(),
                        full.peers(),
                        full.missing().withNobody()))
                .allSatisfy(list -> assertThat(list).hasSize(Why.LISTED_MAX));
        assertThat(full.dials()).last().isEqualTo(dials.get(199));
    }

    @Test
    void whatIsNoAnswerIsRefused() {
        for (String broken : List.of("{}", line(why(FetchState.CHUNKS)).replace("\"answered\"", "\"shouted\""))) {
            assertThatThrownBy(() -> read(broken)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static Why why(FetchState state) {
        List<Why.Asked> asked = new ArrayList<>();
        for (Why.Said said : Why.Said.values()) {
            asked.add(new Why.Asked(
                    NODE, PLACE, said, 2, 3, said == Why.Said.ANSWERED ? 17 : -1, "its address sends messages"));
        }
        List<Why.Dialled> dials = new ArrayList<>();
        for (Why.DialEnd end : Why.DialEnd.values()) {
            for (Why.Origin origin : Why.Origin.values()) {
                dials.add(new Why.Dialled(PLACE, origin == Why.Origin.LINK ? null : NODE, origin, end, "why", 4, 5));
            }
        }
        return new Why(
                HASH,
                "film.mkv",
                state,
                "nothing listens at 192.0.2.7:4747",
                Reason.MAKE_THE_PROVIDER_REACHABLE
                        .says("check it")
                        .and("endpoint", PLACE)
                        .and("port", 4747L),
                asked,
                List.of(new Why.ProviderFound(NODE, List.of(PLACE), 1_000, 2_000)),
                dials,
                new Why.Missing(9, 12, List.of(3, 4), 2),
                List.of(
                        new Why.PeerSeen(NODE, PLACE, true, false, 12, 3, 4_096, 1, "lied"),
                        new Why.PeerSeen(null, PLACE, false, true, -1, 0, 0, 0, "")),
                1_234_567);
    }

    private static String line(Why why) {
        return new String(WhyJson.of(why).line(), StandardCharsets.UTF_8);
    }

    private static Why read(String json) {
        return WhyJson.read(JsonTree.object(json.getBytes(StandardCharsets.UTF_8)));
    }
}
