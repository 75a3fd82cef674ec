package io.cairn.shell.session;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Node.NodeInfo;
import io.cairn.app.Reason;
import io.cairn.control.http.ProcessStatus;
import java.util.Map;

/** Compares the options of a command with the node that runs. */
public final class RunningNode {
    private RunningNode() {}

    /** @throws CairnException of kind USAGE if an option of the command line asks for something that the running node is not */
    public static void check(NodeOptions options, NodeInfo info, ProcessStatus process) throws CairnException {
        for (Map.Entry<String, Boolean> option : options.differences(info).entrySet()) {
            if (option.getValue()) {
                throw new CairnException(
                        Kind.USAGE,
                        "cannot apply --" + option.getKey() + " to the node that runs",
                        "process " + process.pid() + " (" + process.mode() + ") runs the node of "
                                + info.dataDirectory() + ", and its options apply",
                        Reason.STOP_THE_NODE
                                .says("leave out the option, stop the node first, or use another data directory")
                                .and("option", option.getKey())
                                .and("process", process.pid()));
            }
        }
    }
}
