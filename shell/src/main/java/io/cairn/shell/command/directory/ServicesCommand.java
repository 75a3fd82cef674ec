package io.cairn.shell.command.directory;

import io.cairn.app.CairnException;
import io.cairn.app.Services.Announced;
import io.cairn.app.json.directory.ServiceJson;
import io.cairn.shell.output.Output;
import io.cairn.shell.output.Plain;
import io.cairn.shell.output.Table;
import io.cairn.shell.output.Table.Column;
import io.cairn.shell.session.Session;
import io.cairn.shell.session.SessionSource;
import io.cairn.shell.session.TableOptions;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists what this node announces. */
@Command(name = "services", description = "List the services that this node announces.")
public final class ServicesCommand implements Callable<Integer> {
    private static final int ENDPOINT_COLUMNS_MIN = 16;
    private static final int CAPABILITIES_COLUMNS_MIN = 12;

    private final SessionSource source;

    @Mixin
    private final TableOptions options = new TableOptions();

    public ServicesCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException {
        try (Session session = source.open()) {
            options.print(
                    session.output(),
                    session.node().services().announced(),
                    "nothing is announced; announce ID --capability NAME --endpoint URL announces a service",
                    ServicesCommand::table,
                    ServicesCommand::tell);
            return 0;
        }
    }

    private static Table table(List<Announced> services) {
        Table table = new Table(
                Column.whole("ID"),
                Column.text("ENDPOINT", ENDPOINT_COLUMNS_MIN),
                Column.text("CAPABILITIES", CAPABILITIES_COLUMNS_MIN),
                Column.whole("TTL"),
                Column.figures("NODES"));
        for (Announced one : services) {
            table.add(
                    Plain.line(one.service().id()),
                    Plain.line(one.service().endpoint()),
                    ServiceText.capabilities(one.service()),
                    Ttl.text(one.ttlSeconds()),
                    one.storedOn() + "/" + one.targets());
        }
        return table;
    }

    private static void tell(Output output, Announced one) {
        output.data(ServiceText.line(one.service(), one.publisher().toHex()));
        output.json(ServiceJson.of(one));
    }
}
