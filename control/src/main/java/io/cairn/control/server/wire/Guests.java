package io.cairn.control.server.wire;

import io.netty.channel.Channel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/** Who may connect to a socket at all. */
@FunctionalInterface
interface Guests {
    /** Anyone whose requests pass the gate. */
    Guests ANYONE = channel -> true;

    boolean admits(Channel channel) throws IOException;

    /** The owner of the socket, and root, who may do anything as it is. */
    static Guests ownerOf(Path socket) throws IOException {
        if (!socket.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return ANYONE;
        }
        int owner = (Integer) Files.getAttribute(socket, "unix:uid");
        return channel -> {
            OptionalInt user = ServerTransport.user(channel);
            return user.isEmpty() || user.getAsInt() == owner || user.getAsInt() == 0;
        };
    }
}
