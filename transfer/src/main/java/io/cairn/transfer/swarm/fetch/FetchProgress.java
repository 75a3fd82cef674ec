package io.cairn.transfer.swarm.fetch;

/**
 * The progress of a fetch. Only wanted chunks count.
 *
 * @param totalBytes of the wanted chunks; 0 until the manifest is here
 * @param chunks verified
 * @param chunkCount wanted
 * @param bytesPerSecond verified, over the last three seconds
 * @param peers with a useful session
 */
public record FetchProgress(
        Stage stage, long verifiedBytes, long totalBytes, int chunks, int chunkCount, long bytesPerSecond, int peers) {
    /** The current stage of a fetch. */
    public enum Stage {
        /** Searches for peers and dials them. */
        LOOKUP,
        /** Fetches the manifest, or opens the target for the chunks. */
        MANIFEST,
        CHUNKS,
        ENDED
    }
}
