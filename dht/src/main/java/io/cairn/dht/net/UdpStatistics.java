package io.cairn.dht.net;

/**
 * Packets since the start.
 *
 * @param sent handed to the operating system; those to the local network count once for each interface and way
 * @param sendDropped not sent: the send buffer was full, or the operating system refused
 * @param received handed to the receiver
 * @param receiveDropped dropped on arrival: empty, too long, more than the node can process, or from a network it does not use
 * @param unopened of the dropped, those that open with no key of the private network
 * @param replayed of the dropped, those that were heard before, may have been, or were altered on the way
 */
public record UdpStatistics(
        long sent, long sendDropped, long received, long receiveDropped, long unopened, long replayed) {}
