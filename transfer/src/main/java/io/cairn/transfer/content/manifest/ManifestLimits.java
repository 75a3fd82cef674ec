package io.cairn.transfer.content.manifest;

/**
 * The limits of a manifest, so that a stranger's manifest costs bounded memory.
 *
 * @param bytesMax longest encoding in bytes; the digests of the most chunks take 52 MiB of it
 * @param chunksMax most chunks: the most that the transfer protocol can carry in one bitmap
 * @param depthMax nesting of lists and dictionaries under unknown keys
 * @param unknownValuesMax all values under unknown keys: room for the keys of later versions, none for bulk
 * @param unknownBytesMax bytes of one value under an unknown key
 * @param entriesMax files and folders together; a node has the memory to share, fetch, verify and restore a share of this size
 * @param componentsMax components of one path
 * @param pathBytesMax UTF-8 bytes of one path with its slashes; leaves room for a parent folder within Linux's 4,096
 * @param chunkBytesMin smallest chunk in bytes, equal to BitTorrent's smallest piece
 * @param chunkBytesMax largest chunk in bytes; a chunk is held in memory
 */
public record ManifestLimits(
        int bytesMax,
        int chunksMax,
        int depthMax,
        int unknownValuesMax,
        int unknownBytesMax,
        int entriesMax,
        int componentsMax,
        int pathBytesMax,
        int chunkBytesMin,
        int chunkBytesMax) {
    public static final ManifestLimits DEFAULT = new ManifestLimits(
            ManifestCodec.BYTES_MAX,
            ManifestCodec.CHUNKS_MAX,
            16,
            10_000,
            64 << 10,
            ManifestCodec.ENTRIES_MAX,
            128,
            3_000,
            16 << 10,
            64 << 20);
}
