package io.cairn.sim.chord;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The look-up alone, driven by hand; nodes are numbers on the ring. */
class ChordLookupGoesAroundTheSilentTest {
    private static final ChordLimits LIMITS = ChordLimits.defaults();

    @Test
    void goesOnWithTheNextBestThatWasNamed() {
        ChordLookup lookup = new ChordLookup(key(100), Route.FINGERS, node(0), LIMITS);
        assertThat(asked(lookup)).isEqualTo(node(0));
        lookup.referred(List.of(node(90), node(50)));
        assertThat(asked(lookup)).isEqualTo(node(90));
        lookup.silent();
        assertThat(asked(lookup)).isEqualTo(node(50));
        lookup.named(List.of(node(101)));
        assertThat(asked(lookup)).isEqualTo(node(101));
        lookup.confirmed(node(50));

        assertThat(lookup.next()).isEmpty();
        assertThat(lookup.keeper()).contains(node(101));
        assertThat(lookup.hops()).isEqualTo(1);
    }

    @Test
    void asksTheSameNodeAgainWhenAllThatItNamedIsSilent() {
        ChordLookup lookup = new ChordLookup(key(100), Route.FINGERS, node(0), LIMITS);
        asked(lookup);
        lookup.referred(List.of(node(90)));
        asked(lookup);
        lookup.silent();
        ChordLookup.Question again = lookup.next().orElseThrow();

        assertThat(again.contact()).isEqualTo(node(0));
        assertThat(((ChordMessage.FindSuccessor) again.request()).avoided()).containsExactly(node(90).id());
    }

    @Test
    void takesTheNextSuccessorWhenTheKeeperIsDead() {
        ChordLookup lookup = new ChordLookup(key(100), Route.FINGERS, node(0), LIMITS);
        asked(lookup);
        lookup.named(List.of(node(101), node(102)));
        assertThat(asked(lookup)).isEqualTo(node(101));
        lookup.silent();
        assertThat(asked(lookup)).isEqualTo(node(102));
        lookup.confirmed(node(101));

        assertThat(lookup.keeper()).contains(node(102));
    }

    @Test
    void followsTheKeepersWordThatSomebodyJoinedBeforeIt() {
        ChordLookup lookup = new ChordLookup(key(100), Route.FINGERS, node(0), LIMITS);
        asked(lookup);
        lookup.named(List.of(node(120)));
        asked(lookup);
        lookup.confirmed(node(110));
        assertThat(asked(lookup)).isEqualTo(node(110));
        lookup.confirmed(node(80));

        assertThat(lookup.keeper()).contains(node(110));
    }

    @Test
    void leavesOutWhatIsNotNearerSoThatItEnds() {
        ChordLookup lookup = new ChordLookup(key(100), Route.FINGERS, node(50), LIMITS);
        asked(lookup);
        lookup.referred(List.of(node(40), node(50), node(100), node(120)));

        assertThat(lookup.next()).isEmpty();
        assertThat(lookup.keeper()).isEmpty();
    }

    private static Contact asked(ChordLookup lookup) {
        return lookup.next().orElseThrow().contact();
    }

    private static Contact node(int number) {
        return new Contact(
                NodeId.of(key(number).toBytes()), Endpoint.of(new byte[] {10, 0, 0, (byte) (number + 1)}, 4747));
    }

    private static Key key(int number) {
        byte[] bytes = new byte[20];
        bytes[0] = (byte) number;
        return Key.of(bytes);
    }
}
