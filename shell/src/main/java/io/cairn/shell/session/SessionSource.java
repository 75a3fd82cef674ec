package io.cairn.shell.session;

import io.cairn.app.CairnException;
import io.cairn.app.Verifier;
import io.cairn.app.config.ConfigSources;
import io.cairn.shell.output.Output;
import io.cairn.transfer.content.manifest.Manifest;
import java.util.List;
import java.util.Optional;

/** Where a command gets its node: a one-shot command starts one, a command of the shell uses the shell's. */
public interface SessionSource {
    /** To be closed by the command. */
    Session open() throws CairnException;

    /** The same for a command that keeps its node: if it starts one, that node rehearses. */
    Session openToStay() throws CairnException;

    /** The manifest of what a hash or link names, if it is known without starting a node. */
    Optional<Manifest> storedManifest(String hashOrLink) throws CairnException;

    /** Where to tell things that need no node. */
    Output output();

    /** How to hear that the command should end, where there is no node. */
    Stops stops();

    /** What compares files with manifests. */
    Verifier verifier();

    /** Every setting of the program and where it comes from. */
    List<ConfigSources.Setting> settings() throws CairnException;

    /** Whether the command may keep the node to itself and serve until it is stopped. */
    boolean isOneShot();
}
