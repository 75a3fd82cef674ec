package io.cairn.transfer.swarm.port;

import io.cairn.dht.env.Clock;
import io.cairn.dht.id.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** How long bytes take from one node to another, as TCP delivers them: what is lost is sent again, what meets a cut waits until it heals. */
interface Weather {
    /** The bytes do not arrive. */
    long NEVER = Long.MAX_VALUE;

    /** A LAN without faults. */
    Weather CALM = (from, to) -> 1;

    /** The time that bytes take which leave now, in milliseconds; not zero. */
    long delayMillis(Endpoint from, Endpoint to);

    /** Loss and delay everywhere, and cuts of single nodes. */
    final class Storm implements Weather {
        private static final int REPEAT_MILLIS = 200;
        private static final int REPEATS_MAX = 6;

        private final Clock clock;
        private final RandomGenerator random;
        private final int delayMillis;
        private final double loss;
        private final List<Cut> cuts = new ArrayList<>();

        /** @param loss the share of the pieces that are lost, each time they are sent */
        Storm(Clock clock, RandomGenerator random, int delayMillis, double loss) {
            this.clock = clock;
            this.random = random;
            this.delayMillis = delayMillis;
            this.loss = loss;
        }

        /** Cuts a node off from now on, for a time or for good. */
        void cut(Endpoint node, long forMillis) {
            long now = clock.monotonicMillis();
            cuts.add(new Cut(node, forMillis == NEVER ? NEVER : now + forMillis));
        }

        @Override
        public long delayMillis(Endpoint from, Endpoint to) {
            long now = clock.monotonicMillis();
            cuts.removeIf(cut -> cut.healsAtMillis <= now);
            long healed = now;
            for (Cut cut : cuts) {
                if (cut.node.equals(from) || cut.node.equals(to)) {
                    healed = Math.max(healed, cut.healsAtMillis);
                }
            }
            if (healed == NEVER) {
                return NEVER;
            }
            long lateMillis = healed == now ? 0 : healed - now + random.nextInt(REPEAT_MILLIS);
            for (int i = 0; i < REPEATS_MAX && random.nextDouble() < loss; i++) {
                lateMillis += (long) REPEAT_MILLIS << i;
            }
            return delayMillis + lateMillis;
        }

        private record Cut(Endpoint node, long healsAtMillis) {}
    }
}
