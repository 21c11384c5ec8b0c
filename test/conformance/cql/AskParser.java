import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Asks the CQL parser of the release on the class path. Questions on standard input, one statement a line in base64; answers in their order:
 * {@code accepted} or {@code refused TAB message in base64}. Nothing is configured and nothing is started: only the parser runs.
 */
public final class AskParser {
    public static void main(String[] args) throws Exception {
        PrintStream answers = System.out;
        System.setOut(System.err);
        Class.forName("org.apache.cassandra.config.DatabaseDescriptor").getMethod("clientInitialization").invoke(null);
        Method parse = null;
        for (Method method : Class.forName("org.apache.cassandra.cql3.QueryProcessor").getMethods())
            if (method.getName().equals("parseStatement") && Modifier.isStatic(method.getModifiers())
                && method.getParameterCount() == 1 && method.getParameterTypes()[0] == String.class)
                parse = method;
        if (parse == null) throw new IllegalStateException("this release has no QueryProcessor.parseStatement(String)");
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line; (line = questions.readLine()) != null; ) {
            String statement = new String(Base64.getDecoder().decode(line), StandardCharsets.UTF_8);
            try {
                parse.invoke(null, statement);
                answers.println("accepted");
            } catch (InvocationTargetException thrown) {
                String message = String.valueOf(thrown.getCause().getMessage());
                answers.println("refused\t" + Base64.getEncoder().encodeToString(message.getBytes(StandardCharsets.UTF_8)));
            }
        }
        answers.flush();
        System.exit(0);
    }
}
