package io.cairn.dht.net;

/**
 * A greeting to the local network that this node sent to hear it back.
 *
 * @param device the name of the interface it was sent through
 * @param isHeard whether the discovery port of this machine received it
 */
public record OwnGreeting(String device, Way way, boolean isHeard) {
    /** To whom it was sent. */
    public enum Way {
        MULTICAST_IPV4("IPv4 multicast"),
        BROADCAST("IPv4 broadcast"),
        MULTICAST_IPV6("IPv6 multicast");

        private final String text;

        Way(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }
}
