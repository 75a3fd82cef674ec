package io.cairn.transfer.content;

/**
 * What a manifest may be, so that one from a stranger costs bounded memory.
 *
 * @param bytesMax longest encoding in bytes: 1.2 million chunks of a single file
 * @param depthMax nesting of lists and dictionaries; a manifest needs 4, other keys of foreign torrents a little more
 * @param valuesMax numbers, strings, lists and dictionaries together; each costs up to 72 bytes of memory while it is read
 * @param filesMax files and empty folders together
 * @param componentsMax components of one path
 * @param pathBytesMax UTF-8 bytes of one path with its slashes: leaves room for a folder before it within Linux' 4,096
 * @param chunkBytesMin smallest chunk in bytes, as the smallest piece of BitTorrent
 * @param chunkBytesMax largest chunk in bytes; a chunk is held in memory
 */
record ManifestLimits(
        int bytesMax,
        int depthMax,
        int valuesMax,
        int filesMax,
        int componentsMax,
        int pathBytesMax,
        int chunkBytesMin,
        int chunkBytesMax) {
    static final ManifestLimits DEFAULT =
            new ManifestLimits(ManifestCodec.BYTES_MAX, 16, 4_000_000, 500_000, 128, 3_000, 16 << 10, 64 << 20);
}
