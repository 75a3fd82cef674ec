package io.cairn.transfer.content.manifest;

/**
 * One file of a share.
 *
 * @param path relative to the share's folder
 * @param length in bytes
 * @param executable whether it is executable (BEP 47, {@code attr} = {@code x})
 */
public record FileEntry(SharePath path, long length, boolean executable) {}
