package io.cairn.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.Node;
import io.cairn.app.NodeConfig;
import io.cairn.app.node.LocalNode;
import io.cairn.samples.architecture.ProjectFolder;
import java.io.IOException;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The Java snippet of the README compiles unchanged and does what the README says. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ReadmeSnippetRunsTest {
    private static final Pattern SNIPPET = Pattern.compile("\n## Embed it\n.*?```java\n(.*?)```", Pattern.DOTALL);
    /** The snippet joins the public network; the test substitutes a network of its own. */
    private static final String EVERYWHERE = ".network(\"public\")";

    private static final String NETWORK = "readme-snippet";

    @TempDir
    private Path folder;

    @Test
    void aTargetThatIsNotThereIsTheFileItself() throws Exception {
        Path target = folder.resolve("copy.bin");
        assertThat(fetchedTo(target)).isEqualTo(target).isRegularFile().hasSameBinaryContentAs(original());
    }

    @Test
    void aFolderThatIsThereReceivesTheFileUnderItsOwnName() throws Exception {
        Path target = Files.createDirectory(folder.resolve("videos"));
        assertThat(fetchedTo(target))
                .isEqualTo(target.resolve("original.bin"))
                .isRegularFile()
                .hasSameBinaryContentAs(original());
    }

    /** The file that the snippet fetched from another node in this process. */
    private Path fetchedTo(Path target) throws Exception {
        Files.writeString(original(), "What the snippet fetches.\n".repeat(40_000));
        Path film = Files.writeString(folder.resolve("film.mkv"), "What the snippet shares.\n");
        try (Node other = LocalNode.start(NodeConfig.builder(folder.resolve("other"))
                .port(0)
                .bind(List.of(InetAddress.getLoopbackAddress()))
                .network(NETWORK)
                .lan(false)
                .build())) {
            Node.ShareReport shared = other.share(original()).completion().join();
            String link = other.link(shared.share().hash()).orElseThrow();
            return (Path) Objects.requireNonNull(compiled()
                    .getMethod("run", Path.class, Path.class, String.class, Path.class)
                    .invoke(null, folder.resolve("snippet"), film, link, target));
        }
    }

    private Path original() {
        return folder.resolve("original.bin");
    }

    /** Wraps the snippet in a class, as its method; replaces the network and adds a return value. */
    private Class<?> compiled() throws Exception {
        Matcher snippet = SNIPPET.matcher(Files.readString(ProjectFolder.root().resolve("README.md")));
        assertThat(snippet.find()).as("the README has a snippet").isTrue();
        String body = snippet.group(1);
        assertThat(body).contains(EVERYWHERE, "System.out.println(complete.path());");
        Path source = Files.writeString(folder.resolve("Snippet.java"), """
                import io.cairn.app.*;
                import io.cairn.app.node.LocalNode;
                import java.nio.file.Path;
                import java.util.List;

                public class Snippet {
                    public static Path run(Path dataDirectory, Path film, String hashOrLink, Path target) throws Exception {
                %s
                    }
                }
                """.formatted(
                        body.replace(EVERYWHERE, ".network(\"" + NETWORK + "\").lan(false)")
                                .replace(
                                        "System.out.println(complete.path());",
                                        "System.out.println(complete.path()); return complete.path();")));
        Path classes = Files.createDirectory(folder.resolve("classes"));
        compile(source, classes);
        return Class.forName(
                "Snippet",
                true,
                new URLClassLoader(
                        new URL[] {classes.toUri().toURL()}, getClass().getClassLoader()));
    }

    private static void compile(Path source, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter complaints = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            String classPath = Objects.requireNonNull(System.getProperty("java.class.path"));
            boolean compiled = compiler.getTask(
                            complaints,
                            files,
                            null,
                            List.of("-proc:none", "-cp", classPath, "-d", classes.toString()),
                            null,
                            files.getJavaFileObjects(source))
                    .call();
            assertThat(compiled).as(complaints.toString()).isTrue();
        }
    }
}
