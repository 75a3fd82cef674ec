package io.cairn.dht.net;

/**
 * Packets since start.
 *
 * @param sent handed to the operating system, those to the local network once for each interface and way
 * @param sendDropped not sent: the way out was full, or the operating system refused
 * @param received handed to the receiver
 * @param receiveDropped arrived but thrown away: empty, too long, more than the node can take in, or from a network it does not use
 */
public record UdpStatistics(long sent, long sendDropped, long received, long receiveDropped) {}
