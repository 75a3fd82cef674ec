package io.cairn.app.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cairn.app.CairnException;
import io.cairn.app.FetchEvent;
import io.cairn.app.FetchEvent.PeerChanged;
import io.cairn.app.Reason;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Walks the sealed type: an event that the writer forgets fails here. */
class EveryFetchEventIsWrittenTest {
    private static final Key HASH = Key.fromHex("00112233445566778899aabbccddeeff00112233");
    private static final NodeId NODE = NodeId.fromHex("ff112233445566778899aabbccddeeff00112233");
    private static final Endpoint ENDPOINT = Endpoint.parse("192.0.2.1:47");

    private static final List<FetchEvent> ALL = List.of(
            new FetchEvent.Queued(1, FetchEvent.Queued.For.SLOT),
            new FetchEvent.Paused(),
            new FetchEvent.Resumed(),
            new FetchEvent.RetriedLater("nobody has it", 5_000),
            new FetchEvent.Lookup(3, 2, 1),
            new FetchEvent.Obstacle("nothing listens there", Reason.CHECK_THE_HASH.says("check it")),
            new FetchEvent.Comparing(Path.of("film.mkv")),
            new FetchEvent.ManifestArrived("film.mkv", 10, 1, NODE, 0),
            new FetchEvent.Progress(5, 10, 0, 1, 100, 1, 50),
            new PeerChanged(NODE, ENDPOINT, PeerChanged.State.LOST, "it closed the connection"),
            new FetchEvent.ChunkBad(0, NODE, ENDPOINT),
            new FetchEvent.Placing(1),
            new FetchEvent.Verified(1),
            new FetchEvent.Complete(HASH, "film.mkv", Path.of("film.mkv"), 10, 1, 100, List.of(), 0, false),
            new FetchEvent.Failed(new CairnException(CairnException.Kind.OTHER, "what", "why", "next")),
            new FetchEvent.Stopped(),
            new FetchEvent.Cancelled());

    @Test
    void eachHasAShapeOfItsOwnAndTheHash() throws IOException {
        assertThat(ALL.stream().<Class<?>>map(FetchEvent::getClass).toList())
                .containsExactlyInAnyOrder(FetchEvent.class.getPermittedSubclasses());
        List<String> shapes = new ArrayList<>();
        for (FetchEvent event : ALL) {
            JsonNode line =
                    new ObjectMapper().readTree(FetchEventJson.of(HASH, event).line());
            assertThat(line.get("hash").asText()).as("%s", event).isEqualTo(HASH.toHex());
            shapes.add(line.get("type").asText() + " " + line.path("phase").asText());
        }
        assertThat(shapes).doesNotHaveDuplicates().contains("peer ", "phase failed", "complete ");
    }

    @Test
    void aPeersStateIsAWord() throws IOException {
        for (PeerChanged.State state : PeerChanged.State.values()) {
            FetchEvent event = new PeerChanged(NODE, ENDPOINT, state, "");
            assertThat(new ObjectMapper()
                            .readTree(FetchEventJson.of(HASH, event).line())
                            .get("state")
                            .asText())
                    .isEqualTo(state.text())
                    .isIn("connecting", "connected", "failed", "lost", "dropped");
        }
    }
}
