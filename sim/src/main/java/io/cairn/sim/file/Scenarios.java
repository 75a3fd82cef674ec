package io.cairn.sim.file;

import io.cairn.app.CairnException;
import io.cairn.sim.scenario.Scenario;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds scenarios: built-in ones by name, all others by file path. */
public final class Scenarios {
    private static final String SUFFIX = ".toml";
    private static final long LENGTH_BYTES_MAX = 1 << 20; // a person writes it

    /** The names of the built-in scenarios, the easy ones first. */
    public static final List<String> SHIPPED = List.of(
            "a-first-plot",
            "join",
            "static-1k",
            "static-10k",
            "static-100k",
            "third-dies",
            "churn-short",
            "churn-24h",
            "adversaries-20",
            "adversaries-30",
            "sweep",
            "first-publication",
            "idle-100k",
            "popular-service",
            "service-rush",
            "values-deaths",
            "values-liars");

    private final @Nullable Path folder;

    /**
     * @param folder with editable copies of the built-in scenarios, or null to use them as built in
     */
    public Scenarios(@Nullable Path folder) {
        this.folder = folder;
    }

    /**
     * @param nameOrFile a name without a slash or dot, or the path of a file
     * @throws CairnException of kind USAGE if there is none, or it is invalid
     */
    public Scenario find(String nameOrFile) throws CairnException {
        if (nameOrFile.endsWith(SUFFIX) || nameOrFile.contains("/") || nameOrFile.contains("\\")) {
            return read(Path.of(nameOrFile));
        }
        if (!SHIPPED.contains(nameOrFile)) {
            throw new CairnException(
                    CairnException.Kind.USAGE,
                    "no scenario \"" + nameOrFile + "\"",
                    "built-in scenarios: " + String.join(", ", SHIPPED),
                    "use one of these, or the path of a file that ends in " + SUFFIX);
        }
        Path edited = folder == null ? null : folder.resolve(nameOrFile + SUFFIX);
        return edited != null && Files.exists(edited) ? read(edited) : builtIn(nameOrFile);
    }

    /** All built-in scenarios. */
    public List<Scenario> all() throws CairnException {
        List<Scenario> all = new ArrayList<>();
        for (String name : SHIPPED) {
            all.add(find(name));
        }
        return all;
    }

    private static Scenario read(Path file) throws CairnException {
        Path last = file.getFileName();
        String name = last == null ? "" : last.toString().replaceAll("\\.toml$", "");
        try {
            if (Files.size(file) > LENGTH_BYTES_MAX) {
                throw ScenarioFile.refused(file.toString(), "it is longer than 1 MiB");
            }
            return ScenarioFile.parse(file.toString(), name, Files.readString(file));
        } catch (NoSuchFileException absent) {
            throw ScenarioFile.refused(file.toString(), "there is no such file");
        } catch (IOException unreadable) {
            throw ScenarioFile.refused(file.toString(), "it cannot be read: " + unreadable.getMessage());
        }
    }

    private static Scenario builtIn(String name) throws CairnException {
        try (InputStream resource = Scenarios.class.getResourceAsStream("scenarios/" + name + SUFFIX)) {
            if (resource == null) {
                throw new IllegalStateException("the scenario " + name + " was not built in");
            }
            return ScenarioFile.parse(name, name, new String(resource.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException broken) {
            throw new UncheckedIOException("the built-in scenario " + name, broken);
        }
    }
}
