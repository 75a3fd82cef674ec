package io.cairn.app.node;

/** What the start of a node does, in order. */
public enum LaunchStep {
    FIND("looks for a node that runs"),
    DIRECTORY("opens the data directory"),
    KEY("reads or makes this node's key and certificate"),
    STATE("opens the state database"),
    PORT("opens its port and restores its records");

    private final String text;

    LaunchStep(String text) {
        this.text = text;
    }

    /** It completes the sentence "the start ...". */
    public String text() {
        return text;
    }
}
