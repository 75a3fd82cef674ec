package io.cairn.control.server.route;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Node;
import io.cairn.app.Reason;
import io.cairn.app.Version;
import io.cairn.control.http.ControlApi;
import io.cairn.control.http.ProcessRequests;
import io.cairn.control.http.ProcessStatus;
import io.cairn.control.server.answer.ControlAnswer;
import io.cairn.control.server.answer.FailureAnswer;
import io.cairn.control.server.answer.RequestHead;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds the route of a request before its body is read, and calls it. Thread-safe. */
public final class Router {
    /** What a client of another version may ask: who runs, and to make room for it. */
    private static final Set<String> ANY_VERSION = Set.of("/v1/status", "/v1/stop");

    private final List<ControlRoute> routes;

    private Router(List<ControlRoute> routes) {
        this.routes = List.copyOf(routes);
    }

    public static Router of(Node node, ProcessStatus running, ProcessRequests process) {
        List<ControlRoute> routes = new ArrayList<>();
        routes.addAll(new ProcessRoutes(running, process).all());
        routes.addAll(new NodeRoutes(node).all());
        routes.addAll(new ShareRoutes(node).all());
        routes.addAll(new FetchRoutes(node).all());
        routes.addAll(new ContentRoutes(node).all());
        routes.addAll(new DirectoryRoutes(node).all());
        routes.addAll(new FollowRoutes(node).all());
        routes.addAll(new ContactRoutes(node).all());
        routes.addAll(new CatalogueRoutes(node).all());
        routes.addAll(new CodeRoutes(node).all());
        return new Router(routes);
    }

    /** All routes, to compare with the description. */
    public List<ControlRoute> routes() {
        return routes;
    }

    /** What becomes of a request, as far as its head tells. */
    public sealed interface Match {
        /** @param parameters of the path, by name */
        record Found(ControlRoute route, Map<String, String> parameters) implements Match {}

        record Refused(ControlAnswer.Whole answer) implements Match {}
    }

    public Match find(RequestHead head) {
        Set<String> methods = new TreeSet<>();
        for (ControlRoute route : routes) {
            Optional<Map<String, String>> parameters = route.match(head.target().segments());
            if (parameters.isPresent()) {
                if (route.method().equals(head.method())) {
                    return refusal(route, head)
                            .<Match>map(Match.Refused::new)
                            .orElseGet(() -> new Match.Found(route, parameters.get()));
                }
                methods.add(route.method());
            }
        }
        return new Match.Refused(methods.isEmpty() ? unknown() : notAllowed(methods));
    }

    /** Calls the node; may wait for it. */
    public ControlAnswer answer(Match.Found found, RequestHead head, byte[] body) {
        try {
            return found.route().action().answer(new Call(head, found.parameters(), body));
        } catch (NotFoundException unknown) {
            return FailureAnswer.of(404, unknown.failure());
        } catch (CairnException | RuntimeException failure) {
            return FailureAnswer.of(failure);
        }
    }

    private static Optional<ControlAnswer.Whole> refusal(ControlRoute route, RequestHead head) {
        String version = head.header(ControlApi.VERSION_HEADER);
        if (version != null && !version.equals(Version.NUMBER) && !ANY_VERSION.contains(route.path())) {
            return Optional.of(otherVersion(version));
        }
        String type = head.header("content-type");
        if (route.body() != ControlRoute.Body.NONE && (type == null || !isJson(type))) {
            return Optional.of(FailureAnswer.of(
                    415,
                    FailureAnswer.usage(
                            "cannot read the body of the request", "its Content-Type is not " + ControlApi.JSON)));
        }
        return Optional.empty();
    }

    private static boolean isJson(String type) {
        return type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(ControlApi.JSON);
    }

    private static ControlAnswer.Whole otherVersion(String version) {
        return FailureAnswer.of(
                409,
                new CairnException(
                        Kind.USAGE,
                        "the running node has another version",
                        "it is " + Version.NUMBER + ", and this is " + version,
                        Reason.SEE_NEXT
                                .says("stop the node that runs, and start it with this version")
                                .and("running", Version.NUMBER)
                                .and("version", version)));
    }

    private static ControlAnswer.Whole unknown() {
        return FailureAnswer.of(404, FailureAnswer.usage("no such path", "nothing is there to be asked"));
    }

    private static ControlAnswer.Whole notAllowed(Set<String> methods) {
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        ControlAnswer.Whole answer =
                FailureAnswer.of(405, FailureAnswer.usage("no such method", "this path takes " + methods));
        Map<String, String> headers = new HashMap<>(answer.headers());
        headers.put("allow", String.join(", ", methods));
        return new ControlAnswer.Whole(answer.code(), headers, answer.body());
    }
}
