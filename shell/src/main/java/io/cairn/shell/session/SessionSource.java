package io.cairn.shell.session;

import io.cairn.app.CairnException;
import io.cairn.app.Verifier;
import io.cairn.app.config.ConfigSources;
import io.cairn.shell.output.Output;
import io.cairn.transfer.content.manifest.Manifest;
import java.util.Optional;

/** Supplies a command with its node: a one-shot command starts one, a command in the shell uses the shell's. */
public interface SessionSource {
    /** Opens a session; the command closes it. */
    Session open() throws CairnException;

    /** The same for a command that keeps its node running: a node it starts also rehearses. */
    Session openToStay() throws CairnException;

    /** The manifest for a hash or link, if it is known without starting a node. */
    Optional<Manifest> storedManifest(String hashOrLink) throws CairnException;

    /** The output for commands without a node. */
    Output output();

    /** The stop requests for commands without a node. */
    Stops stops();

    /** Compares files with manifests. */
    Verifier verifier();

    /** The settings of the program with their sources. */
    ConfigSources configuration() throws CairnException;

    /** Whether the command may keep the node to itself and serve until it is stopped. */
    boolean isOneShot();
}
