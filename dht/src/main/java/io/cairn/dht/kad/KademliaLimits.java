package io.cairn.dht.kad;

import io.cairn.dht.wire.RecordType;
import io.cairn.dht.wire.WireSizes;
import java.time.Duration;
import java.util.Set;

/**
 * Every number that bounds or paces a node. All are counts or milliseconds.
 *
 * @param k contacts in a bucket and nodes that hold a record: it is very unlikely that all of them leave within one hour (Kademlia, section
 *     2.4)
 * @param alpha requests of one look-up in flight: the paper found little gain in latency beyond 3
 */
public record KademliaLimits(
        int k,
        int alpha,
        Table table,
        Requests requests,
        Lookups lookups,
        Records records,
        Publishing publishing,
        Guard guard,
        Upkeep upkeep) {
    private static final int SIBLING_BUCKETS = 3;

    public KademliaLimits {
        if (alpha < 1 || requests.attemptsMax() < 1) {
            throw new IllegalArgumentException("alpha and attempts are at least 1");
        }
        if (k < 1 || k > WireSizes.CONTACTS_MAX) {
            throw new IllegalArgumentException(
                    "k is 1 to " + WireSizes.CONTACTS_MAX + ", which fit a datagram, not " + k);
        }
    }

    /** The limits of a node on the Internet or a LAN. */
    public static KademliaLimits defaults() {
        int k = 20;
        return new KademliaLimits(
                k,
                3,
                new Table(8, 2, 10, 2, minutes(15)),
                new Requests(500, 3, 100, 1_000, 1_000, 3_000, 10_000, 8_192, 8_192),
                new Lookups(256, 512, 3, perBlockMax(k), 1, 8),
                new Records(
                        500_000, 80 << 20, 512, 250_000, 100_000, hours(48), minutes(60), Set.of(RecordType.values())),
                new Publishing(4, 8, 128, 1_024, hours(22), minutes(1), minutes(60)),
                new Guard(minutes(5), minutes(5), 2_000, 10_000, 4_096, 1_000, 2_000, 4, 8_192, 3, 32),
                new Upkeep(14_000, 1_000, 150_000, 4, minutes(60), 30_000, 1_000));
    }

    public KademliaLimits withLookups(Lookups other) {
        return new KademliaLimits(k, alpha, table, requests, other, records, publishing, guard, upkeep);
    }

    /** The same limits with another bucket size and number of requests in flight, and with the values derived from the former. */
    public KademliaLimits withWidths(int otherK, int otherAlpha) {
        Lookups wider = new Lookups(
                lookups.requestsMax(),
                lookups.candidatesMax(),
                lookups.liesMax(),
                perBlockMax(otherK),
                lookups.pathsAtFirst(),
                lookups.pathsInDoubt());
        return new KademliaLimits(otherK, otherAlpha, table, requests, wider, records, publishing, guard, upkeep);
    }

    private static int perBlockMax(int k) {
        return Math.max(1, k / 2);
    }

    /**
     * Contacts in the bucket that holds the last of the k nearest, three times as many as in others: a node then knows all its neighbours,
     * and can decide alone which nodes are closest to a key near it, however uneven the ids are (S/Kademlia, section 4.2).
     */
    public int siblingsMax() {
        return SIBLING_BUCKETS * k;
    }

    public KademliaLimits withRecords(Records other) {
        return new KademliaLimits(k, alpha, table, requests, lookups, other, publishing, guard, upkeep);
    }

    public KademliaLimits withPublishing(Publishing other) {
        return new KademliaLimits(k, alpha, table, requests, lookups, records, other, guard, upkeep);
    }

    /**
     * Bounds of the routing table.
     *
     * @param replacementsMax contacts kept besides a full bucket, to fill a gap at once
     * @param perBlockInBucketMax contacts of one block of public addresses (/24 or /64) in a bucket, as in go-ethereum: to surround a node,
     *     an attacker needs many networks
     * @param perBlockMax contacts of one block of public addresses in the table, as in go-ethereum
     * @param failuresMax unanswered requests after which a contact is removed even if no replacement waits
     * @param questionableMillis silence after which the oldest contact of a full bucket is checked for life (BEP 5: 15 minutes)
     */
    public record Table(
            int replacementsMax, int perBlockInBucketMax, int perBlockMax, int failuresMax, long questionableMillis) {}

    /**
     * Bounds of the requests this node sends. The time-out of the first attempt is the time within which nine of ten answers arrived, or
     * that of the fastest tenth plus a margin, whichever is longer; each further attempt doubles it.
     *
     * @param timeoutMillis time-out of the first attempt before anything was measured: far above a round trip on a LAN, above most on the
     *     Internet
     * @param attemptsMax times a request is sent in all: with 20 % loss each way, 5 of 100 stay unanswered
     * @param marginMillis pauses of a busy host or a full queue that are no reason to ask again (mldht has the same)
     * @param patienceMaxMillis longest time-out of the first attempt, so that three take no more than 5 seconds
     * @param overdueMinMillis shortest time before a look-up ends without a pending answer: three attempts on a LAN would be over in a
     *     third of it, while a garbage collection may take as long
     * @param unansweredMinMillis shortest silence that counts as a failure: on a busy machine, shorter ones made nodes lose each other
     * @param lateMillis how long after that an answer still counts as a sign of life
     * @param pendingMax requests that may wait for an answer, so that memory is bounded
     * @param tokensHeldMax remembered tokens of other nodes, about 150 bytes each
     */
    public record Requests(
            long timeoutMillis,
            int attemptsMax,
            long marginMillis,
            long patienceMaxMillis,
            long overdueMinMillis,
            long unansweredMinMillis,
            long lateMillis,
            int pendingMax,
            int tokensHeldMax) {}

    /**
     * Bounds of one look-up.
     *
     * @param requestsMax nodes that it asks: ten times what it needs, so that a liar cannot lead it on for ever
     * @param candidatesMax contacts that it remembers
     * @param liesMax silent contacts from one source, none of whose contacts answered, after which its word no longer counts
     * @param perBlockMax named contacts in one block of public addresses (/24 or /64): half of the wanted number, so that one block cannot
     *     fill the result
     * @param pathsAtFirst disjoint paths at the start: 1 means that all referrals are shared, and takes a third of the requests of 8
     * @param pathsInDoubt disjoint paths of the second pass when the result is implausible (S/Kademlia, section 4.4, has 4 to 8); 1 for no
     *     second pass
     */
    public record Lookups(
            int requestsMax, int candidatesMax, int liesMax, int perBlockMax, int pathsAtFirst, int pathsInDoubt) {
        public Lookups {
            int pathsMax = Math.max(pathsAtFirst, pathsInDoubt);
            if (pathsMax > DisjointPaths.COUNT_MAX || Math.min(pathsAtFirst, pathsInDoubt) < 1) {
                throw new IllegalArgumentException("a look-up has 1 to 31 paths");
            }
        }
    }

    /**
     * Quotas and times of the records held for others.
     *
     * @param totalMax records held
     * @param bytesMax their memory: 128 bytes a record, and 544 plus its value a batch, as measured. Records in full batches reach the
     *     other limit first, since they take about 140 bytes each; of batches of one with a long value, at most 70,000 fit
     * @param perKeyMax records of one type under one key; the policy of a type may allow fewer
     * @param perPublisherMax records of one publisher: half of all, so that no publisher takes all; 160 shares of 1,500 chunks. The same
     *     fraction of the bytes is the limit for their memory
     * @param perBlockMax records from one block of public addresses (/24 or /64), and that fraction of the bytes; private addresses are not
     *     limited, since a LAN is one block
     * @param lifetimeMillis how far ahead a record may expire
     * @param republishMillis silence after which a holder republishes a record (Kademlia, section 2.5)
     * @param types the types kept here, because something on this node reads them. Others are refused, so that strangers cannot store them
     */
    public record Records(
            int totalMax,
            long bytesMax,
            int perKeyMax,
            int perPublisherMax,
            int perBlockMax,
            long lifetimeMillis,
            long republishMillis,
            Set<RecordType> types) {
        public Records {
            types = Set.copyOf(types);
        }

        /** The same with other types. */
        public Records withTypes(Set<RecordType> others) {
            return new Records(
                    totalMax,
                    bytesMax,
                    perKeyMax,
                    perPublisherMax,
                    perBlockMax,
                    lifetimeMillis,
                    republishMillis,
                    others);
        }

        /** The bytes that correspond to a number of records. */
        public long bytesOf(int records) {
            return Math.round((double) bytesMax * records / totalMax);
        }
    }

    /**
     * Pace of publishing.
     *
     * @param lanes parts of the key space that are published in parallel
     * @param storesPerNodeMax STORE requests in flight to one node, so that its socket buffer does not overflow
     * @param storesMax STORE requests in flight in all
     * @param storesWaitingMax STORE requests of one sweep that are in flight or ready; later keys wait as keys: two megabytes at most
     * @param republishMillis interval at which a publisher republishes: less than half the lifetime
     * @param retryMillis first back-off after a part failed, doubled for each further failure
     * @param retryMillisMax the longest back-off
     */
    public record Publishing(
            int lanes,
            int storesPerNodeMax,
            int storesMax,
            int storesWaitingMax,
            long republishMillis,
            long retryMillis,
            long retryMillisMax) {
        public Publishing withRepublishMillis(long other) {
            return new Publishing(
                    lanes, storesPerNodeMax, storesMax, storesWaitingMax, other, retryMillis, retryMillisMax);
        }
    }

    /**
     * Bounds of the load that strangers can cause.
     *
     * @param tokenRotationMillis how long tokens stay fresh; those of the previous window are still accepted
     * @param timeStampWindowMillis how far a time stamp may differ from our clock, so that old datagrams cannot be replayed
     * @param requestsPerSecondMax requests accepted from one address over time: verifying their signatures takes an eighth of a core
     * @param requestsBurstMax requests accepted from one address at once: what a publisher of 300,000 keys on the LAN sends
     * @param addressesTrackedMax addresses whose rate is tracked: bounds memory when sources are forged
     * @param unprovenPerSecondMax requests accepted over time from all strangers without a token, and as many from all nodes of the table
     *     without one: with the answers, a tenth of a core each
     * @param unprovenBurstMax such requests accepted at once: a LAN of a thousand nodes that starts
     * @param hearingsMax how many times one request is accepted: three attempts, and one duplicate made by the network
     * @param requestsRememberedMax remembered requests of the current or the previous time window, to detect replays: about 30 bytes each
     * @param amplificationMax how many times longer than the request an answer may be while the asker's address is unproven
     * @param verificationsMax unknown askers that are being verified at once
     */
    public record Guard(
            long tokenRotationMillis,
            long timeStampWindowMillis,
            int requestsPerSecondMax,
            int requestsBurstMax,
            int addressesTrackedMax,
            int unprovenPerSecondMax,
            int unprovenBurstMax,
            int hearingsMax,
            int requestsRememberedMax,
            int amplificationMax,
            int verificationsMax) {}

    /**
     * Pace of upkeep.
     *
     * @param probeMillis longest interval between probes of the stalest contact: with the answers given, 0.15 messages a second; also how
     *     soon a suspension is noticed
     * @param probeShortestMillis shortest interval, used while contacts are silent: the table is correct again within minutes of a disaster
     * @param probeSilenceMillis contacts heard within this time are not probed
     * @param neighbourWeight the factor on the staleness of the nearest contacts: a wrong neighbour does more harm than a wrong far contact
     * @param bucketRefreshMillis time after which a look-up refreshes an untouched bucket (Kademlia, section 2.3)
     * @param announceMillis interval of greetings on the local network: with n contacts, each node greets n times as rarely, since every
     *     node answers; 0 for never
     * @param joinGreetingMillis how long a node without contacts waits for the local network to answer
     */
    public record Upkeep(
            long probeMillis,
            long probeShortestMillis,
            long probeSilenceMillis,
            int neighbourWeight,
            long bucketRefreshMillis,
            long announceMillis,
            long joinGreetingMillis) {}

    private static long minutes(int minutes) {
        return Duration.ofMinutes(minutes).toMillis();
    }

    private static long hours(int hours) {
        return Duration.ofHours(hours).toMillis();
    }
}
