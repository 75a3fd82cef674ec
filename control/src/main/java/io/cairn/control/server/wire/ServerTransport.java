package io.cairn.control.server.wire;

import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.OptionalInt;

/** Netty's transports that have Unix domain sockets. */
public enum ServerTransport {
    /** Linux; tells who connects. */
    EPOLL,
    /** Everywhere else, and where the native library does not load. */
    NIO;

    public static ServerTransport best() {
        return Epoll.isAvailable() ? EPOLL : NIO;
    }

    IoHandlerFactory io() {
        return this == EPOLL ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    }

    Class<? extends ServerChannel> unix() {
        return this == EPOLL ? EpollServerDomainSocketChannel.class : NioServerDomainSocketChannel.class;
    }

    Class<? extends ServerChannel> tcp() {
        return this == EPOLL ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }

    SocketAddress address(Path socket) {
        return this == EPOLL ? new DomainSocketAddress(socket.toString()) : UnixDomainSocketAddress.of(socket);
    }

    /** The user id of the process at the other end of a Unix socket, where the system tells. */
    static OptionalInt user(Channel channel) throws IOException {
        return channel instanceof EpollDomainSocketChannel socket
                ? OptionalInt.of(socket.peerCredentials().uid())
                : OptionalInt.empty();
    }
}
