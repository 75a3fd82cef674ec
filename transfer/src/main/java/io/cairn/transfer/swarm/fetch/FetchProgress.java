package io.cairn.transfer.swarm.fetch;

/**
 * How a fetch stands. Only chunks that are wanted count.
 *
 * @param totalBytes of the wanted chunks; 0 until the manifest is here
 * @param chunks verified
 * @param chunkCount wanted
 * @param bytesPerSecond verified, over the last three seconds
 * @param peers with a session that is of use
 */
public record FetchProgress(
        Stage stage, long verifiedBytes, long totalBytes, int chunks, int chunkCount, long bytesPerSecond, int peers) {
    /** What a fetch is doing. */
    public enum Stage {
        /** Looks for peers and dials them. */
        LOOKUP,
        /** Fetches the manifest, or opens the place for the chunks. */
        MANIFEST,
        CHUNKS,
        ENDED
    }
}
