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

    /** The user of this process, to whom the folder belongs that it made for the socket, and root, who may do anything as it is. */
    static Guests ownerOf(Path folder) throws IOException {
        if (!folder.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return ANYONE;
        }
        int owner = (Integer) Files.getAttribute(folder, "unix:uid");
        return channel -> {
            OptionalInt user = ServerTransport.user(channel);
            return user.isEmpty() || user.getAsInt() == owner || user.getAsInt() == 0;
        };
    }
}
