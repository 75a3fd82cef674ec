package io.cairn.shell.command.setup;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.config.ProgramPaths;
import io.cairn.app.config.ProgramPaths.Place;
import io.cairn.app.json.PathsJson;
import io.cairn.app.work.Reasons;
import io.cairn.control.socket.ControlSocket;
import io.cairn.shell.output.Plain;
import io.cairn.shell.session.SessionSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Shows each folder and file of the program, and where its place comes from. */
@Command(name = "paths", description = "List every folder and file of Cairn, and what determines its location.")
public final class PathsCommand implements Callable<Integer> {
    private final SessionSource source;

    public PathsCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException {
        ProgramPaths paths = ProgramPaths.of(source.configuration());
        List<Place> places = new ArrayList<>();
        for (Place place : paths.all()) {
            places.add(
                    place.name().equals("control") ? control(place, paths.data().path()) : place);
        }
        if (paths.units() != null) {
            places.add(ServiceUnit.place(paths.units()));
        }
        for (String property : List.of("launcher", "classes")) {
            String path = System.getProperty("cairn." + property, "");
            if (!path.isEmpty()) {
                places.add(new Place(property, Path.of(path), "the launcher"));
            }
        }
        for (Place place : places) {
            source.output()
                    .data(String.format("%-9s", place.name()) + "  "
                            + Plain.line(place.path().toString()) + "  (" + place.source()
                            + (place.exists() ? ")" : "; not there)"));
        }
        source.output().json(PathsJson.of(places));
        return 0;
    }

    /** The socket, which lies elsewhere if its path in the data directory is too long. */
    private static Place control(Place usual, Path dataDirectory) throws CairnException {
        try {
            Path socket = ControlSocket.find(dataDirectory).orElse(usual.path());
            return socket.equals(usual.path()) ? usual : new Place(usual.name(), socket, "pointer");
        } catch (IOException failure) {
            throw new CairnException(
                    Kind.DENIED,
                    "cannot tell where the control socket is",
                    "cannot read " + dataDirectory.resolve(ControlSocket.POINTER) + ": " + Reasons.of(failure),
                    "make the file readable",
                    failure);
        }
    }
}
