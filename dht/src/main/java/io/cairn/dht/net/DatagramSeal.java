package io.cairn.dht.net;

import io.cairn.dht.crypto.DatagramCipher;
import io.cairn.dht.crypto.NetworkKey;
import io.cairn.dht.crypto.NetworkKeys;
import io.cairn.dht.crypto.ReplayGuard;
import io.cairn.dht.env.Clock;
import io.cairn.dht.wire.Datagram;
import io.cairn.dht.wire.DatagramCodec;
import io.cairn.dht.wire.MalformedException;
import io.cairn.dht.wire.SignedEnvelope;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The datagrams of a private network on the wire: each signed envelope sealed under a key of the network. What is opened here is only as
 * good as an envelope of an open network; its signature, recipient and time are still to be checked. Sealing may be called from any thread,
 * opening from that of the sockets.
 */
final class DatagramSeal {
    /** Longest sealed datagram in bytes of UDP payload: the least that every IPv6 path carries, less the headers of IPv6 and UDP. */
    static final int BYTES_MAX = Datagram.BYTES_MAX + DatagramCipher.OVERHEAD_BYTES;

    /**
     * Most nonces of one generation of the memory, 16 bytes each. A node that hears more than 400 datagrams a second remembers less than ten
     * minutes, and refuses what is stamped earlier.
     */
    private static final int NONCES_MAX = 1 << 18;

    /** As long as a PING without a recipient; no envelope begins with a zero byte. */
    private static final byte[] SIGN_OF_LIFE = new byte[136];

    private final List<DatagramCipher> sealing;
    private final List<DatagramCipher> opening;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final ReplayGuard heard;
    private final LongAdder unopened = new LongAdder();
    private final LongAdder replayed = new LongAdder();

    DatagramSeal(NetworkKeys keys, Clock clock) {
        this.sealing = ciphers(keys);
        this.opening = ciphers(keys);
        this.clock = clock;
        this.heard = new ReplayGuard(NONCES_MAX, clock.monotonicMillis());
    }

    /** An envelope as it is sent: sealed under each valid key, with a new nonce. */
    List<byte[]> seal(byte[] envelope) {
        synchronized (sealing) {
            return sealing.stream().map(cipher -> seal(cipher, envelope)).toList();
        }
    }

    /**
     * An arrived datagram. A stranger's costs one HMAC a key; a repetition of what was heard, also altered, is not decrypted.
     *
     * @param sealed at most {@value #BYTES_MAX} bytes
     */
    Opened open(byte[] sealed) {
        for (DatagramCipher cipher : opening) {
            if (cipher.isCoded(sealed)) {
                byte[] envelope = heard.isNew(DatagramCipher.nonceOf(sealed), clock.monotonicMillis())
                        ? cipher.open(sealed)
                        : null;
                if (envelope != null && Arrays.equals(envelope, SIGN_OF_LIFE)) {
                    return Opened.SIGN;
                }
                if (envelope != null && isNoReplay(envelope)) {
                    return new Opened(From.MEMBER, envelope);
                }
                replayed.increment();
                return Opened.NOTHING;
            }
        }
        unopened.increment();
        return Opened.STRANGE;
    }

    /** A datagram like a greeting of the local network, of which a member only sees that this network is there, and a stranger too. */
    List<byte[]> signOfLife() {
        return seal(SIGN_OF_LIFE);
    }

    /** Dropped because they open with no key, since the start. */
    long unopenedCount() {
        return unopened.sum();
    }

    /** Dropped because they were heard before, may have been, or were altered, since the start. */
    long replayedCount() {
        return replayed.sum();
    }

    /** Who sent a datagram. */
    enum From {
        MEMBER,
        /** Somebody who recorded a datagram of a member. */
        REPEATER,
        /** Somebody without a key of this network. */
        STRANGER
    }

    /**
     * @param envelope null if there is nothing to pass on
     */
    record Opened(From from, byte @Nullable [] envelope) {
        private static final Opened SIGN = new Opened(From.MEMBER, null);
        private static final Opened NOTHING = new Opened(From.REPEATER, null);
        private static final Opened STRANGE = new Opened(From.STRANGER, null);
    }

    /**
     * What is outside the window is left to the receiver, which drops it for its time and knows then whose clock is wrong. So is an answer,
     * which the receiver drops unless it is to a request of this run: a peer whose clock is behind is heard at once by who asks it.
     */
    private boolean isNoReplay(byte[] envelope) {
        try {
            SignedEnvelope.Unverified arrived = SignedEnvelope.decode(envelope);
            long stampMillis = arrived.claimedHeader().timeMillis();
            long ageMillis = clock.wallMillis() - stampMillis;
            return ageMillis > ReplayGuard.WINDOW_MILLIS
                    || heard.reaches(ageMillis, clock.monotonicMillis())
                    || DatagramCodec.isAnswer(arrived);
        } catch (MalformedException.OtherVersion other) {
            return true; // for the receiver to tell
        } catch (MalformedException malformed) {
            return false;
        }
    }

    private byte[] seal(DatagramCipher cipher, byte[] envelope) {
        byte[] nonce = new byte[DatagramCipher.NONCE_BYTES];
        random.nextBytes(nonce);
        return cipher.seal(nonce, envelope);
    }

    private static List<DatagramCipher> ciphers(NetworkKeys keys) {
        return keys.all().stream().map(NetworkKey::datagramCipher).toList();
    }
}
