import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Pattern;

/**
 * A whole trial over HTTP from Java, with nothing but the JDK.
 *
 * <pre>
 *   seatrial serve --bare --control 7070     (prints SEATRIAL_CONTROL_URL and _TOKEN: export them)
 *   java Main.java "node your-middleware.js"
 * </pre>
 *
 * Here seatrial starts the integration itself, as `seatrial run` does, and writes JUnit XML.
 * Exit code: 0 every promise holds, 1 one is violated, 2 unknown, 3 could not run.
 */
public class Main {
  static final HttpClient http = HttpClient.newHttpClient();
  static final String url = System.getenv("SEATRIAL_CONTROL_URL");
  static final String token = System.getenv("SEATRIAL_CONTROL_TOKEN");

  public static void main(String[] arguments) throws Exception {
    if (url == null || token == null || arguments.length == 0) {
      System.err.println("Set SEATRIAL_CONTROL_URL and SEATRIAL_CONTROL_TOKEN, and name the integration's command.");
      System.exit(3);
    }
    var trial = """
        {
          "name": "from Java",
          "seed": "java",
          "workload": { "purchaseOrders": 20, "over": "10s" },
          "faults": [
            { "kind": "duplicate", "link": "wms -> integration", "options": { "rate": 0.3 } },
            { "kind": "loseResponse", "link": "integration -> erp", "options": { "on": "POST", "rate": 0.2 } }
          ],
          "integration": { "command": %s },
          "liveness": { "settle": "5s" }
        }""".formatted(quoted(arguments[0]));
    var id = text("id", call("POST", "/v1/trials", trial));
    String view;
    do {
      view = call("GET", "/v1/trials/" + id + "?wait=1s", null);
      System.out.println(id + " " + text("state", view) + " " + text("phase", view));
    } while (text("state", view).equals("running"));
    if (text("state", view).equals("failed")) {
      System.err.println(text("error", view));
      System.exit(3);
    }
    var verdict = text("verdict", view);
    var junit = call("GET", "/v1/trials/" + id + "/report?format=junit", null);
    if (arguments.length > 1) java.nio.file.Files.writeString(java.nio.file.Path.of(arguments[1]), junit);
    Pattern.compile("<failure [^>]*?message=\"([^\"]*)\"").matcher(junit).results()
        .forEach(failure -> System.out.println("VIOLATED " + failure.group(1)));
    System.out.println("verdict: " + verdict);
    call("DELETE", "/v1/trials/" + id, null);
    System.exit(verdict.equals("holds") ? 0 : verdict.equals("violated") ? 1 : 2);
  }

  /** One request; what the API refuses ends the program with the problem's own words. */
  static String call(String method, String path, String body) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(url + path))
        .header("Authorization", "Bearer " + token)
        .method(method, body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body));
    if (body != null) request.header("Content-Type", "application/json");
    var reply = http.send(request.build(), BodyHandlers.ofString());
    if (reply.statusCode() >= 400) {
      System.err.println(method + " " + path + ": " + reply.statusCode() + " " + reply.body());
      System.exit(3);
    }
    return reply.body();
  }

  /** A text member of a flat JSON object; the JDK has no JSON reader, and this needs no more. */
  static String text(String name, String json) {
    var found = Pattern.compile("\"" + name + "\":\"((?:[^\"\\\\]|\\\\.)*)\"").matcher(json);
    return found.find() ? found.group(1) : "";
  }

  static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
