import java.io.*;
import java.lang.management.ManagementFactory;
import java.lang.reflect.*;
import java.net.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.util.*;
import javax.management.*;

/**
 * Asks one release of Apache Cassandra, from its own jars, what it says of a cassandra.yaml.
 *
 * Usage: java … Verdicts FOLDER_OF_JARS FOLDER_BEFORE_THE_JARS STOCK_YAML
 * Questions come on standard input, a line each: `id TAB base64(yaml)`. Answers: `id TAB A|L|S TAB base64(message)`:
 * accepted, refused while loading, refused by the start-up validation.
 */
public class Verdicts {
    static ClassLoader cassandra;
    static Class<?> descriptor, loaderClass, auth;

    public static void main(String[] args) throws Exception {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, "UTF-8");
        System.setOut(System.err);
        List<URL> path = new ArrayList<>();
        path.add(Paths.get(args[1]).toUri().toURL());
        for (File f : Objects.requireNonNull(new File(args[0]).listFiles())) if (f.getName().endsWith(".jar")) path.add(f.toURI().toURL());
        cassandra = new URLClassLoader(path.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
        Thread.currentThread().setContextClassLoader(cassandra);
        System.setProperty("cassandra.config", Paths.get(args[2]).toUri().toString());
        descriptor = cassandra.loadClass("org.apache.cassandra.config.DatabaseDescriptor");
        loaderClass = cassandra.loadClass("org.apache.cassandra.config.YamlConfigurationLoader");
        auth = cassandra.loadClass("org.apache.cassandra.auth.AuthConfig");
        // Once in full, so that everything static is there; then its steps are called again on each file.
        descriptor.getMethod("daemonInitialization").invoke(null);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            int tab = line.indexOf('\t');
            String[] answer = judge(Base64.getDecoder().decode(line.substring(tab + 1)));
            out.println(line.substring(0, tab) + "\t" + answer[0] + "\t" + Base64.getEncoder().encodeToString(answer[1].getBytes(StandardCharsets.UTF_8)));
        }
        System.exit(0);
    }

    static String[] judge(byte[] yaml) throws Exception {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        for (ObjectName name : beans.queryNames(new ObjectName("org.apache.cassandra.*:*"), null)) beans.unregisterMBean(name);
        Path file = Files.createTempFile("verdict", ".yaml");
        Files.write(file, yaml);
        String step = "L";
        try {
            URL url = file.toUri().toURL();
            System.setProperty("cassandra.config", url.toString());
            Object config = loaderClass.getMethod("loadConfig", URL.class).invoke(loaderClass.getDeclaredConstructor().newInstance(), url);
            step = "S";
            set(loaderClass, "storageConfigURL", null);
            set(auth, "initialized", false);
            for (Method m : descriptor.getDeclaredMethods())
                if (m.getName().equals("setConfig") && m.getParameterCount() == 1) { m.setAccessible(true); m.invoke(null, config); }
            Method all = descriptor.getDeclaredMethod("applyAll");
            all.setAccessible(true);
            all.invoke(null);
            auth.getMethod("applyAuth").invoke(null);
            return new String[] { "A", "" };
        } catch (Throwable t) {
            while ((t instanceof InvocationTargetException || t instanceof ExceptionInInitializerError) && t.getCause() != null) t = t.getCause();
            StringBuilder said = new StringBuilder();
            for (int depth = 0; t != null && depth < 4; depth++, t = t.getCause()) said.append(depth == 0 ? "" : " <- ").append(t.getClass().getSimpleName()).append(": ").append(t.getMessage());
            return new String[] { step, said.toString() };
        } finally {
            Files.deleteIfExists(file);
        }
    }

    static void set(Class<?> owner, String field, Object value) throws Exception {
        for (Field f : owner.getDeclaredFields())
            if (f.getName().equals(field)) { f.setAccessible(true); f.set(null, value); }
    }
}
