package io.cairn.transfer.net.admission;

/**
 * What strangers and peers may cost this node's network side.
 *
 * @param greetingMillis from the connection to a valid HELLO: a LAN needs milliseconds, a bad mobile line two seconds
 * @param firstByteMillis from the connection to the first byte, which whoever dials sends at once
 * @param connectMillis until a TCP connection counts as not answered
 * @param strangersMax connections without a valid HELLO, so that nobody exhausts descriptors by opening and waiting; another one
 *     takes the place of one of these
 * @param sessionsMax sessions, so that memory is bounded: each may hold about 3 MiB in its buffers; another one may take the place of
 *     one of the busiest address
 * @param waitingMessagesMax messages of one session that the node's loop has not handled yet; then reading stops
 * @param sendQueueBytesMax bytes a peer lets wait, beyond those of chunks, before it counts as not reading
 * @param chunkBufferBytesMax for chunks arriving and being verified, all sessions together; then reading stops. Above what a swarm asks
 *     for at once, since a peer thought dead may still deliver
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
    /** Bytes that a stranger may send: several times the longest handshake and the longest HELLO, and one read of what may follow. */
    public static final int STRANGER_BYTES_MAX = 32 * 1024;

    /** Bytes of one read from a stranger: a greeting takes less in all, and what comes byte by byte holds no more memory. */
    public static final int STRANGER_READ_BYTES = 4 * 1024;

    /** Without a chunk for so long, in milliseconds, a session counts as idle and makes way for any other. */
    public static final int SESSION_IDLE_MILLIS = 5_000;

    /** Connections that the system keeps until they are accepted: one that is not among them is tried again after a second. */
    public static final int BACKLOG = 1_024;

    /** For a node of a LAN or at home. */
    public static final TransferLimits DEFAULT =
            new TransferLimits(5_000, 1_500, 4_000, 64, 256, 64, 16 * 1024 * 1024, 96 * 1024 * 1024);

    /** Answers to one session that the network thread has not taken yet; then reading stops. Each costs a signature. */
    public int waitingAnswersMax() {
        return waitingMessagesMax / 4;
    }

    /** Bytes of messages of one session that the node's loop has not handled yet: a few of the longest; then reading stops. */
    public int waitingBytesMax() {
        return sendQueueBytesMax / 16;
    }

    /** The same over all sessions; then each may have one message waiting. */
    public long allWaitingBytesMax() {
        return 2L * sendQueueBytesMax;
    }

    /** Bytes that wait for all peers together; then the one for which most wait counts as not reading. */
    public long sendQueuesBytesMax() {
        return 4L * sendQueueBytesMax;
    }
}
