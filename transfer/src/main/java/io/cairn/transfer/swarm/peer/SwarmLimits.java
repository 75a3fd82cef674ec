package io.cairn.transfer.swarm.peer;

/**
 * The costs and waiting times allowed for fetching and serving.
 *
 * @param sourcesMax peers a fetch uses at once: enough to fill any line
 * @param dialsMax concurrent dials; half of them only to peers that were heard or that the user named
 * @param dialNextMillis until the next endpoint of a peer is tried beside one that has not answered (RFC 8305, section 5)
 * @param noProviderMillis without a byte from the start, after which there is no provider
 * @param stallMillis without a byte once it has started, after which a fetch has stalled
 * @param corruptMillis with only liars left, after which a fetch gives up
 * @param silentMillis without a byte from a peer that owes chunks, after which others are asked for them; up to twice that on a line with
 *     long round trips
 * @param deadMillis without a byte from a peer that owes or is owed chunks, after which its session is closed
 * @param searchAgainMillis until a look-up is repeated while no provider is known; doubles, up to three times that
 * @param searchOftenMillis until a look-up is repeated while only a few are known
 * @param providersEnough known and reached providers, from which on a look-up is not repeated
 * @param busyMillis until a peer that was busy is asked again
 * @param windowBytesAtFirst initially requested from one peer at a time, at least two chunks
 * @param windowBytesMax most requested from one peer at a time, including bytes received but not yet written: what a killed process loses
 * @param windowMillis time in which a peer should deliver what is requested at a time, beyond a round trip
 * @param assemblyBytesMax requested from all peers together, to bound memory
 * @param askersMax most peers asked for the same chunk at the end
 * @param haveBatchMillis least time a verified chunk waits for others to be announced in one message; longer with more peers
 * @param uploadPeersMax peers that are sent chunks at once: each takes up to 3 MiB of memory
 * @param uploadBatchBytes most bytes handed to one peer at a time and announced under one signature; to all together at first
 * @param uploadBatchBytesMin bytes handed to one peer at a time, and to all together, however slow the line is
 * @param wantsPerPeerMax unserved chunk requests per peer
 * @param linksPerPeerMax sessions that one peer may open
 * @param strikesMax bad chunks until a peer is banned
 * @param banMillis length of a ban
 * @param idleMillis until an idle session is closed
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
    /** Peers and endpoints that a fetch remembers to dial: as many as one look-up returns; strangers name more. */
    public static final int TARGETS_MAX = 1_024;

    /** Failed or concurrent dials of one address before it has to wait: strangers name the addresses of others. */
    static final int ADDRESS_FAILURES_MAX = 8;

    /** The longest wait of an address that failed too often, in milliseconds: one that returns is reached within five minutes. */
    static final int ADDRESS_AGAIN_MILLIS_MAX = 300_000;

    /** Peers, endpoints and addresses whose dial results are remembered: several times the targets of a fetch. */
    static final int DIALS_REMEMBERED_MAX = 4_096;

    /** Most recent peers and endpoints whose strikes or bans are remembered: identities are free. */
    static final int LIARS_REMEMBERED_MAX = 4_096;

    /** Peers asked at once for the start of a manifest when others were silent: together they send 4 MiB. */
    public static final int MANIFEST_ASKED_MAX = 16;

    /** Bytes of a manifest sent per request, and after which an arriving manifest is first checked. */
    public static final int MANIFEST_PIECE_BYTES_MAX = 256 * 1024;

    /** Bytes kept of offers for coming shares: peers may name any share and any number of chunks. */
    public static final int WAITING_OFFERS_BYTES_MAX = 1 << 20;

    /** Records, dials and peers, each, that a fetch remembers to explain itself: the latest; at most 64 KiB together. */
    public static final int REMEMBERED_MAX = 128;

    /** Until a dial without an answer counts as a problem, in milliseconds: longer than a round trip and a repeated packet. */
    public static final int DIAL_DOUBT_MILLIS = 1_500;

    /** Waiting requests of one peer that are compared to find the next: limits the work, not the requests. */
    static final int REQUESTS_COMPARED_MAX = 64;

    /** Most other peers introduced to a peer at a time. */
    public static final int INTRODUCED_MAX = 64;

    /** Most chunks a peer is asked to locate at a time. */
    public static final int LOCATED_MAX = 256;

    private static final int MIB = 1024 * 1024;

    /** For a node on a LAN or at home. */
    public static final SwarmLimits DEFAULT = new SwarmLimits(
            50, 64, 250, 10_000, 30_000, 3_000, 1_500, 15_000, 3_000, 800, 8, 1_000, 4 * MIB, 16 * MIB, 800, 64 * MIB,
            3, 3, 32, 8 * MIB, MIB, 1_024, 4, 3, 3_600_000, 120_000);
}
