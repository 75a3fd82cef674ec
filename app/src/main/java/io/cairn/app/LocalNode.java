package io.cairn.app;

/** A node in this process. */
public final class LocalNode {
    private LocalNode() {}

    /** Starts a node; returns when it is bound and can be used. */
    @SuppressWarnings("DoNotCallSuggester") // the node is not part of this build
    public static Node start(NodeConfig config) throws CairnException {
        throw new CairnException(
                CairnException.Kind.OTHER,
                "cannot start a node in " + config.dataDirectory(),
                "this build has no node",
                "use a complete build");
    }

    /** What compares files on disk with manifests. */
    public static Verifier verifier() {
        return (path, manifest, progress) -> {
            throw new CairnException(
                    CairnException.Kind.OTHER,
                    "cannot verify " + path,
                    "this build has no verifier",
                    "use a complete build");
        };
    }
}
