package io.cairn.app;

import java.nio.file.Path;

/**
 * What to fetch and where to.
 *
 * @param output an existing directory, or one that ends in a slash and is made, receives the share under its own name; any other
 *     path is the target itself
 * @param outputIsFolder whether the path was written with a slash at its end
 * @param keepSharing whether to go on sharing it afterwards
 */
public record FetchOptions(FetchTarget target, Path output, boolean outputIsFolder, boolean keepSharing) {}
