package io.cairn.dht.kad;

import io.cairn.dht.wire.RecordType;
import io.cairn.dht.wire.WireSizes;
import java.time.Duration;
import java.util.Set;

/**
 * Every number that bounds or paces a node. All are counts or milliseconds.
 *
 * @param k contacts in a bucket and nodes that hold a record: so many are most unlikely to leave within one hour (Kademlia,
 *     section 2.4)
 * @param alpha requests of one look-up in flight: beyond 3 the paper found latency to improve little
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

    /** What a node on the Internet or a LAN uses. */
    public static KademliaLimits defaults() {
        return new KademliaLimits(
                20,
                3,
                new Table(8, 2, 10, 2, minutes(15)),
                new Requests(500, 3, 100, 1_000, 1_000, 3_000, 10_000, 8_192, 8_192),
                new Lookups(256, 512, 3, 10, 1, 8),
                new Records(
                        500_000, 80 << 20, 512, 250_000, 100_000, hours(48), minutes(60), Set.of(RecordType.PROVIDER)),
                new Publishing(4, 8, 128, 1_024, hours(22), minutes(1), minutes(60)),
                new Guard(minutes(5), minutes(5), 2_000, 10_000, 4_096, 1_000, 2_000, 4, 8_192, 3, 32),
                new Upkeep(14_000, 1_000, 150_000, 4, minutes(60), 30_000, 1_000));
    }

    public KademliaLimits withLookups(Lookups other) {
        return new KademliaLimits(k, alpha, table, requests, other, records, publishing, guard, upkeep);
    }

    /** The same with other numbers of contacts in a bucket and of requests in flight, and what follows from the first. */
    public KademliaLimits withWidths(int otherK, int otherAlpha) {
        Lookups wider = new Lookups(
                lookups.requestsMax(),
                lookups.candidatesMax(),
                lookups.liesMax(),
                Math.max(1, otherK / 2),
                lookups.pathsAtFirst(),
                lookups.pathsInDoubt());
        return new KademliaLimits(otherK, otherAlpha, table, requests, wider, records, publishing, guard, upkeep);
    }

    /**
     * Contacts in the bucket from which the last of the k nearest come, three times as many as in others: so a node knows all its
     * neighbours, and alone who is closest to a key near it, however uneven the ids lie (S/Kademlia, section 4.2).
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
     * @param replacementsMax contacts kept beside a full bucket, to fill a gap at once
     * @param perBlockInBucketMax contacts of one block of public addresses (/24 or /64) in a bucket, as in go-ethereum: whoever wants
     *     to surround a node needs many networks
     * @param perBlockMax contacts of one block of public addresses in the table, as in go-ethereum
     * @param failuresMax unanswered requests after which a contact leaves although nobody waits for its place
     * @param questionableMillis silence after which the oldest contact of a full bucket is asked whether it still lives (BEP 5: 15
     *     minutes)
     */
    public record Table(
            int replacementsMax, int perBlockInBucketMax, int perBlockMax, int failuresMax, long questionableMillis) {}

    /**
     * Bounds of what this node asks. The patience for the first attempt is the time in which nine of ten answers came, or the time in
     * which the fastest tenth came and a margin, whichever is more; the second attempt has twice as much and the third as
     * the second.
     *
     * @param timeoutMillis patience for the first attempt before anything was measured: far above a round trip on a LAN, above most on
     *     the Internet
     * @param attemptsMax times a request is sent in all: with 20 % loss each way, 5 of 100 stay unanswered
     * @param marginMillis pauses of a busy host or a full queue that are no reason to ask again (mldht has the same)
     * @param patienceMaxMillis patience for the first attempt at most, so that three take no more than 5 seconds
     * @param overdueMinMillis before which no look-up goes on to its end without an answer: three attempts on a LAN would be over in a
     *     third of it, while a garbage collection may take as long
     * @param unansweredMinMillis before which a silence counts against nobody: on a busy machine shorter ones made nodes lose each other
     * @param lateMillis how long after that an answer is still taken as a sign of life
     * @param pendingMax requests that may wait for an answer, so that memory is bounded
     * @param tokensHeldMax tokens of others that are remembered, some 150 bytes each
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
     * @param liesMax silent contacts from one source, none of whose contacts answered, after which its word counts for nothing
     * @param perBlockMax contacts that others name in one block of public addresses (/24 or /64): half of what is looked for, so that
     *     one block cannot fill the result
     * @param pathsAtFirst disjoint paths that it begins with: 1 shares what is heard, and takes a third of the requests of 8
     * @param pathsInDoubt disjoint paths over which it goes on when the result is implausible (S/Kademlia, section 4.4, has 4 to 8); 1 for
     *     never
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
     * @param bytesMax memory that they take: 128 bytes a record and 544 and its value a batch, as measured. Records in full batches
     *     reach the other limit first, since they take some 140 bytes each; batches of one with a long value are 70,000 at most
     * @param perKeyMax records of one type under one key; the policy of a type may allow fewer
     * @param perPublisherMax records of one publisher: half of all, so that nobody takes all; 160 shares of 1,500 chunks. The same
     *     part of the bytes is the limit for theirs
     * @param perBlockMax records from one block of public addresses (/24 or /64), and that part of the bytes; private addresses are
     *     not limited, since a LAN is one block
     * @param lifetimeMillis how far ahead a record may expire
     * @param republishMillis after which a holder passes on what it has not heard meanwhile (Kademlia, section 2.5)
     * @param types what is kept: the types that somebody reads here. Others are refused, so that strangers cannot store them
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

        /** The same for other types. */
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

        /** The bytes that go with a part of all records. */
        long bytesOf(int records) {
            return Math.round((double) bytesMax * records / totalMax);
        }
    }

    /**
     * Pace of publishing.
     *
     * @param lanes parts of the key space that are published side by side
     * @param storesPerNodeMax STORE requests in flight to one node, so that its socket buffer does not overflow
     * @param storesMax STORE requests in flight in all
     * @param storesWaitingMax STORE requests of one sweep that are under way or ready; the keys of later ones wait as keys: two
     *     megabytes at most
     * @param republishMillis after which a publisher publishes anew: less than half the lifetime
     * @param retryMillis after which a part that failed is tried again, doubled for each further failure
     * @param retryMillisMax the longest such pause
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
     * Bounds of what strangers can cause.
     *
     * @param tokenRotationMillis how long tokens stay fresh; one window older is still taken
     * @param timeStampWindowMillis how far a time stamp may be from our clock, so that old datagrams cannot be replayed
     * @param requestsPerSecondMax requests taken from one address over time: to check so many signatures takes an eighth of a core
     * @param requestsBurstMax requests taken from one address at once: what a publisher of 300,000 keys on the LAN sends
     * @param addressesTrackedMax addresses whose rate is counted: bounds memory when sources are forged
     * @param unprovenPerSecondMax requests taken over time from all strangers that show no token, and as many from all nodes of the
     *     table that show none: with the answers, a tenth of a core each
     * @param unprovenBurstMax such requests taken at once: a LAN of a thousand nodes that starts
     * @param hearingsMax how many times one request is taken: three attempts, and one that the network doubled
     * @param requestsRememberedMax requests that are known again, of the last time window or of the one before: some 30 bytes each
     * @param amplificationMax how many times as long as the request an answer may be while the asker's address is unproven
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
     * @param probeMillis the longest that may pass until the stalest contact is asked something: with the answers given, 0.15 messages a
     *     second; and how soon a suspension is noticed
     * @param probeShortestMillis the shortest, to which silent contacts lead: so the table is true again within minutes of a disaster
     * @param probeSilenceMillis contacts heard within this time are not probed
     * @param neighbourWeight how many times as stale one of the nearest counts: a wrong neighbour does more harm than a wrong far contact
     * @param bucketRefreshMillis after which an untouched bucket is refreshed by a look-up (Kademlia, section 2.3)
     * @param announceMillis how often somebody greets the local network: with n contacts each node does so n times as rarely, since
     *     every node answers; 0 for never
     * @param joinGreetingMillis how long a node that knows nobody waits for the local network to answer
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
