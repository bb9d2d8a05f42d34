import ca.uhn.fhir.rest.server.RestfulServer;
import java.io.IOException;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * A HAPI FHIR R4 JPA server for integration tests. It prints "HAPI READY {base}" once it listens. Environment:
 * HAPI_PORT (8080; 0 takes a free one), HAPI_HOST (127.0.0.1), HAPI_EXIT_WITH_STDIN=true (ends when its stdin is closed,
 * so that it cannot outlive the test run that started it), and those of {@link ServerConfig}.
 */
public class HapiServer {
  static String env(String name, String fallback) {
    String value = System.getenv(name);
    return value == null || value.isEmpty() ? fallback : value;
  }

  public static void main(String[] args) throws Exception {
    if (Boolean.parseBoolean(env("HAPI_EXIT_WITH_STDIN", "false"))) exitWithStdin();
    var context = new AnnotationConfigApplicationContext(ServerConfig.class);

    Server jetty = new Server();
    ServerConnector connector = new ServerConnector(jetty);
    connector.setHost(env("HAPI_HOST", "127.0.0.1"));
    connector.setPort(Integer.parseInt(env("HAPI_PORT", "8080")));
    jetty.addConnector(connector);
    ServletHolder servlet = new ServletHolder(context.getBean(RestfulServer.class));
    servlet.setInitOrder(1);
    ServletContextHandler handler = new ServletContextHandler("/");
    handler.addServlet(servlet, "/fhir/*");
    jetty.setHandler(handler);
    jetty.setStopAtShutdown(true);
    jetty.start();

    System.out.printf("HAPI READY http://%s:%d/fhir%n", connector.getHost(), connector.getLocalPort());
    jetty.join();
  }

  private static void exitWithStdin() {
    Thread watcher = new Thread(() -> {
      try {
        while (System.in.read() >= 0) continue;
      } catch (IOException closed) {
        System.err.println("stdin is gone: " + closed.getMessage());
      }
      // Not exit(): the shutdown hooks wait for jobs that nobody will read any more.
      Runtime.getRuntime().halt(0);
    });
    watcher.setDaemon(true);
    watcher.start();
  }
}
