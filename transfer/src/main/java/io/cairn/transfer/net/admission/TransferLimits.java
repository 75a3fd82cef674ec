package io.cairn.transfer.net.admission;

/**
 * What strangers and peers may cost on the network side of this node.
 *
 * @param greetingMillis from the connection to a valid HELLO: a LAN needs milliseconds, a bad mobile line two seconds
 * @param firstByteMillis from the connection to the first byte, which a dialler sends at once
 * @param connectMillis until a TCP connection counts as not answered
 * @param strangersMax connections without a valid HELLO, so that no one exhausts descriptors by opening and waiting; beyond it, a new
 *     connection displaces one of these
 * @param sessionsMax sessions, to bound memory: each may hold about 3 MiB in its buffers; beyond it, a new one may displace one of the
 *     busiest address
 * @param waitingMessagesMax messages of one session that the node's loop has not handled yet; then reading stops
 * @param sendQueueBytesMax bytes queued for a peer, chunks excluded, before it counts as not reading
 * @param chunkBufferBytesMax for chunks arriving and being verified, over all sessions; then reading stops. More than a swarm requests at
 *     once, since a peer thought dead may still deliver
 */
public record TransferLimits(
        int greetingMillis,
        int firstByteMillis,
        int connectMillis,
        int strangersMax,
        int sessionsMax,
        int waitingMessagesMax,
        int sendQueueBytesMax,
        int chunkBufferBytesMax) {
    /** Bytes that a stranger may send: several times the longest handshake and the longest HELLO, plus one read of what may follow. */
    public static final int STRANGER_BYTES_MAX = 32 * 1024;

    /** Bytes of one read from a stranger: a whole greeting takes less, and data that trickles in holds no more memory. */
    public static final int STRANGER_READ_BYTES = 4 * 1024;

    /** Milliseconds without a chunk after which a session counts as idle and may be displaced by any other. */
    public static final int SESSION_IDLE_MILLIS = 5_000;

    /** Connections that the system queues until they are accepted: one that does not fit is retried after a second. */
    public static final int BACKLOG = 1_024;

    /** For a node on a LAN or at home. */
    public static final TransferLimits DEFAULT =
            new TransferLimits(5_000, 1_500, 4_000, 64, 256, 64, 16 * 1024 * 1024, 96 * 1024 * 1024);

    /** Answers to one session that its network thread has not processed yet; then reading stops. Each costs a signature. */
    public int waitingAnswersMax() {
        return waitingMessagesMax / 4;
    }

    /** Bytes of messages of one session that the node's loop has not handled yet: a few of the longest; then reading stops. */
    public int waitingBytesMax() {
        return sendQueueBytesMax / 16;
    }

    /** The same over all sessions; beyond it, each may have one message waiting. */
    public long allWaitingBytesMax() {
        return 2L * sendQueueBytesMax;
    }

    /** Bytes queued for all peers together; beyond it, the peer with the longest queue counts as not reading. */
    public long sendQueuesBytesMax() {
        return 4L * sendQueueBytesMax;
    }
}
