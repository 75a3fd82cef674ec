package io.cairn.transfer.swarm.peer;

/**
 * What fetching and serving may cost, and how long it waits.
 *
 * @param sourcesMax peers a fetch uses at once: more than fill any line
 * @param dialsMax dials under way at once; half of them only to peers that were heard or that the user names
 * @param dialNextMillis until the next endpoint of a peer is tried beside one that has not answered (RFC 8305, section 5)
 * @param noProviderMillis without a byte from the start, after which there is no provider
 * @param stallMillis without a byte once it has started, after which a fetch has stalled
 * @param corruptMillis with nobody left but liars, after which a fetch gives up
 * @param silentMillis without a byte from a peer that owes chunks, after which others are asked for them; up to twice that on a
 *     line with long round trips
 * @param deadMillis without a byte from a peer that owes or is owed chunks, after which its session is closed
 * @param searchAgainMillis until a look-up is repeated while no provider is known; doubles up to three times that
 * @param searchOftenMillis until a look-up is repeated while some are known, but few
 * @param providersEnough known and reached, from which on a look-up is not repeated
 * @param busyMillis until a peer that was busy is asked again
 * @param windowBytesAtFirst asked of one peer at a time in the beginning, at least two chunks
 * @param windowBytesMax asked of one peer at a time at most, what has come of it and is not written included: what a killed process loses
 * @param windowMillis how long the peer shall have to deliver what is asked of it at a time, a round trip besides
 * @param assemblyBytesMax asked of all peers together, so that memory is bounded
 * @param askersMax of how many peers the same chunk is asked at the end
 * @param haveBatchMillis how long at least a verified chunk waits for others, to be told in one message; longer the more peers are told
 * @param uploadPeersMax peers to which chunks are being sent at once: each has up to 3 MiB in memory
 * @param uploadBatchBytes handed over to one peer at a time at most, and announced under one signature; to all together in the beginning
 * @param uploadBatchBytesMin handed over to one peer at a time, and to all together, however slow the line is
 * @param wantsPerPeerMax chunks a peer may have asked for and not got
 * @param linksPerPeerMax sessions that one peer may open
 * @param strikesMax bad chunks until a peer is banned
 * @param banMillis how long
 * @param idleMillis until a session is closed on which nothing moves
 */
public record SwarmLimits(
        int sourcesMax,
        int dialsMax,
        int dialNextMillis,
        int noProviderMillis,
        int stallMillis,
        int corruptMillis,
        int silentMillis,
        int deadMillis,
        int searchAgainMillis,
        int searchOftenMillis,
        int providersEnough,
        int busyMillis,
        int windowBytesAtFirst,
        int windowBytesMax,
        int windowMillis,
        int assemblyBytesMax,
        int askersMax,
        int haveBatchMillis,
        int uploadPeersMax,
        int uploadBatchBytes,
        int uploadBatchBytesMin,
        int wantsPerPeerMax,
        int linksPerPeerMax,
        int strikesMax,
        int banMillis,
        int idleMillis) {
    /** Peers and endpoints that a fetch remembers to dial: as many as one look-up tells, and strangers name more. */
    public static final int TARGETS_MAX = 1_024;

    /** Dials of one address that fail or are under way, until it has to wait: strangers name the addresses of others. */
    static final int ADDRESS_FAILURES_MAX = 8;

    /** How long an address waits at most that failed too often, in milliseconds: what comes back there is reached within five minutes. */
    static final int ADDRESS_AGAIN_MILLIS_MAX = 300_000;

    /** Peers, endpoints and addresses of which it is remembered how dials went: several times the targets of a fetch. */
    static final int DIALS_REMEMBERED_MAX = 4_096;

    /** Peers and endpoints of which strikes or bans are remembered, the latest: identities are free. */
    static final int LIARS_REMEMBERED_MAX = 4_096;

    /** Peers asked at once for the beginning of a manifest when others were silent: what they send at once is 4 MiB. */
    public static final int MANIFEST_ASKED_MAX = 16;

    /** The part of a manifest that a peer is sent for one request, in bytes, and after which a manifest that arrives is checked first. */
    public static final int MANIFEST_PIECE_BYTES_MAX = 256 * 1024;

    /** What is kept of offers for shares that are coming, in bytes: peers may name any share and any number of chunks. */
    public static final int WAITING_OFFERS_BYTES_MAX = 1 << 20;

    /** Waiting requests of one peer that are compared to find the next: bounds the work, and not what may be requested. */
    static final int REQUESTS_COMPARED_MAX = 64;

    /** Others of which a peer is told at a time. */
    public static final int INTRODUCED_MAX = 64;

    /** Chunks about which a peer is asked at a time. */
    public static final int LOCATED_MAX = 256;

    private static final int MIB = 1024 * 1024;

    /** For a node of a LAN or at home. */
    public static final SwarmLimits DEFAULT = new SwarmLimits(
            50, 64, 250, 10_000, 30_000, 3_000, 1_500, 15_000, 3_000, 800, 8, 1_000, 4 * MIB, 16 * MIB, 800, 64 * MIB,
            3, 3, 32, 8 * MIB, MIB, 1_024, 4, 3, 3_600_000, 120_000);
}
