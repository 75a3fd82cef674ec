package io.cairn.dht.kad;

import io.cairn.dht.crypto.PublicKey;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/**
 * The verified requests of the last minutes, by sender and request id, so that a replayed one is recognised before its signature is checked
 * again. A request may be heard a few times, since its sender repeats it until an answer arrives. Two generations: the younger records new
 * requests until it is full or as old as the time window, and then replaces the elder. So memory is bounded, and a node that receives no
 * requests keeps none.
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
     * Whether a request has been heard as often as allowed.
     *
     * @param nowMillis monotonic
     */
    public boolean isSpent(PublicKey sender, long requestId, long nowMillis) {
        age(nowMillis);
        long request = hashOf(sender, requestId);
        return younger.of(request) + elder.of(request) >= limits.hearingsMax();
    }

    /** Records a hearing; call it only after the signature is verified, so that nobody can use up another's request. */
    public void heard(PublicKey sender, long requestId, long nowMillis) {
        age(nowMillis);
        if (younger.size() >= limits.requestsRememberedMax()) {
            turn(nowMillis);
        }
        younger.increment(hashOf(sender, requestId));
    }

    /** The number of requests in memory. */
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

    /** Half of the key suffices: another key with the same half cannot forge its signature. */
    private long hashOf(PublicKey sender, long requestId) {
        ByteBuffer key = ByteBuffer.wrap(sender.toBytes());
        return hash.of(requestId, key.getLong(0), key.getLong(Long.BYTES), (long) (3 * Long.BYTES) << 56);
    }
}
