package io.cairn.dht.kad;

import io.cairn.dht.crypto.PublicKey;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/**
 * The verified requests of the last minutes, by sender and request id, so that a replayed one is known before its signature is checked
 * again. A request may be heard a few times, since its sender repeats it until an answer arrives. Two generations: the younger takes
 * what is new until it is full or as old as the time window, and then replaces the elder. So what is remembered is bounded, and a node
 * that nobody asks keeps nothing.
 */
public final class SeenRequests {
    private final SipHash hash;
    private final KademliaLimits.Guard limits;
    private HearingCounts younger = new HearingCounts();
    private HearingCounts elder = new HearingCounts();
    private long youngerSinceMillis;

    public SeenRequests(RandomGenerator random, KademliaLimits limits) {
        this.hash = new SipHash(random);
        this.limits = limits.guard();
    }

    /**
     * Whether it has been heard as often as a request may be.
     *
     * @param nowMillis monotonic
     */
    public boolean isSpent(PublicKey sender, long requestId, long nowMillis) {
        age(nowMillis);
        long request = hashOf(sender, requestId);
        return younger.of(request) + elder.of(request) >= limits.hearingsMax();
    }

    /** Takes note that it was heard; to be called only when its signature is found good, so that nobody can spend another's. */
    public void heard(PublicKey sender, long requestId, long nowMillis) {
        age(nowMillis);
        if (younger.size() >= limits.requestsRememberedMax()) {
            turn(nowMillis);
        }
        younger.increment(hashOf(sender, requestId));
    }

    /** Requests that take up memory. */
    public int size() {
        return younger.size() + elder.size();
    }

    private void age(long nowMillis) {
        long windowMillis = limits.timeStampWindowMillis();
        long ageMillis = nowMillis - youngerSinceMillis;
        if (ageMillis >= 2 * windowMillis) {
            turn(nowMillis);
        }
        if (ageMillis >= windowMillis) {
            turn(nowMillis);
        }
    }

    private void turn(long nowMillis) {
        elder = younger;
        younger = new HearingCounts();
        youngerSinceMillis = nowMillis;
    }

    /** Half of the key is enough: who could choose another with the same half cannot sign with it. */
    private long hashOf(PublicKey sender, long requestId) {
        ByteBuffer key = ByteBuffer.wrap(sender.toBytes());
        return hash.of(requestId, key.getLong(0), key.getLong(Long.BYTES), (long) (3 * Long.BYTES) << 56);
    }
}
