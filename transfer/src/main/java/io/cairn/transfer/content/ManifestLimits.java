package io.cairn.transfer.content;

/**
 * What a manifest may be, so that one from a stranger costs bounded memory.
 *
 * @param bytesMax longest encoding in bytes: the digests of the most chunks take 52 MiB of it
 * @param chunksMax most chunks: what the transfer protocol can carry in one bitmap
 * @param depthMax nesting of lists and dictionaries under unknown keys
 * @param unknownValuesMax values under unknown keys together: room for what later versions add, none for bulk
 * @param unknownBytesMax bytes of one value under an unknown key
 * @param entriesMax files and folders together; the memory of one node holds a share of so many when it is shared, fetched, verified, and restored
 * @param componentsMax components of one path
 * @param pathBytesMax UTF-8 bytes of one path with its slashes: leaves room for a folder before it within Linux' 4,096
 * @param chunkBytesMin smallest chunk in bytes, as the smallest piece of BitTorrent
 * @param chunkBytesMax largest chunk in bytes; a chunk is held in memory
 */
record ManifestLimits(
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
    static final ManifestLimits DEFAULT = new ManifestLimits(
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
