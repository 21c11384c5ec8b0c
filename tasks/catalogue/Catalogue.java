import java.io.*;
import java.lang.reflect.*;
import java.net.*;
import java.nio.charset.StandardCharsets;
import java.util.*;
import java.util.jar.*;

/**
 * Reads one release of Apache Cassandra by reflection, from its own jars, and writes what Foretell's catalogue of settings holds:
 * every class that cassandra.yaml reaches, its properties as the release's own loader sees them (type, default, null allowed,
 * deprecated, renamed from and by which converter), enum constants, constructors (they decide which YAML shapes are taken), and the bundled
 * implementations that may be named without a package.
 *
 * Usage: java … Catalogue FOLDER_OF_JARS LINE VERSION FINGERPRINT > releases/LINE.json; the fingerprint is of this program, so that a test sees when
 * the data was made by another one.
 */
public class Catalogue {
    static ClassLoader loader;
    static final Map<String, Object> classes = new TreeMap<>();
    static final Map<String, Object> enums = new TreeMap<>();
    static final Deque<Class<?>> waiting = new ArrayDeque<>();
    static final Set<Class<?>> seen = new HashSet<>();
    static Map<Class<?>, Map<String, Object>> replaced = new HashMap<>();

    public static void main(String[] args) throws Exception {
        File[] files = new File(args[0]).listFiles((d, n) -> n.endsWith(".jar"));
        Arrays.sort(files);
        URL[] jars = new URL[files.length];
        File main = null;
        for (int i = 0; i < files.length; i++) {
            jars[i] = files[i].toURI().toURL();
            if (files[i].getName().startsWith("cassandra-all-")) main = files[i];
        }
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, "UTF-8");
        System.setOut(System.err);
        loader = new URLClassLoader(jars, ClassLoader.getPlatformClassLoader());
        Thread.currentThread().setContextClassLoader(loader);
        Class<?> config = loader.loadClass("org.apache.cassandra.config.Config");
        replaced = replacements(config);
        visit(config);
        while (!waiting.isEmpty()) describe(waiting.poll());
        String snake = "";
        for (File f : files) if (f.getName().startsWith("snakeyaml-")) snake = f.getName().replaceAll("^snakeyaml-|\\.jar$", "");
        StringBuilder b = new StringBuilder("{\n");
        b.append("\"line\":").append(json(args[1])).append(",\n\"version\":").append(json(args[2])).append(",\n\"madeBy\":").append(json(args[3])).append(",\n\"snakeYaml\":").append(json(snake));
        b.append(",\n\"classes\":{\n");
        boolean first = true;
        for (Map.Entry<String, Object> e : classes.entrySet()) {
            b.append(first ? "" : ",\n").append(json(e.getKey())).append(":").append(text(e.getValue(), 0));
            first = false;
        }
        b.append("\n},\n\"enums\":{\n");
        first = true;
        for (Map.Entry<String, Object> e : enums.entrySet()) { b.append(first ? "" : ",\n").append(json(e.getKey())).append(":").append(json(e.getValue())); first = false; }
        b.append("\n},\n\"bundled\":{\n");
        first = true;
        for (Map.Entry<String, Object> e : bundled(main).entrySet()) { b.append(first ? "" : ",\n").append(json(e.getKey())).append(":").append(json(e.getValue())); first = false; }
        b.append("\n},\n\"words\":").append(text(words(), 0)).append("\n}\n");
        out.print(b);
        out.flush();
        System.exit(0);
    }

    /** A class as JSON, one property a line. */
    @SuppressWarnings("unchecked")
    static String text(Object value, int depth) {
        Map<String, Object> map = (Map<String, Object>) value;
        StringBuilder b = new StringBuilder("{");
        boolean first = true;
        for (Map.Entry<String, Object> e : map.entrySet()) {
            b.append(first ? "\n" : ",\n").append(json(e.getKey())).append(":");
            boolean table = e.getKey().equals("properties") || e.getKey().equals("replaced");
            b.append(table ? text(e.getValue(), depth + 1) : json(e.getValue()));
            first = false;
        }
        return b.append("\n}").toString();
    }

    /** `Config.CommitLogSync` → `CommitLogSync`; java.lang and java.util by their simple name. */
    static String name(Class<?> c) {
        if (c.isArray()) return name(c.getComponentType()) + "[]";
        String n = c.getName();
        if (n.startsWith("java.")) return c.getSimpleName();
        return n.substring(n.lastIndexOf('.') + 1).replace("Config$", "").replace('$', '.');
    }

    static void visit(Class<?> c) {
        if (c == null || !seen.add(c)) return;
        if (c.isArray()) { visit(c.getComponentType()); return; }
        if (c.isEnum()) {
            List<Object> names = new ArrayList<>();
            for (Object o : c.getEnumConstants()) names.add(((Enum<?>) o).name());
            enums.put(name(c), names);
            return;
        }
        if (c.isPrimitive() || c.getName().startsWith("java.")) return;
        if (c.getName().startsWith("org.apache.cassandra.")) waiting.add(c);
    }

    static void describe(Class<?> c) throws Exception {
        Map<String, Object> d = new LinkedHashMap<>();
        List<Object> constructors = new ArrayList<>();
        for (Constructor<?> k : c.getDeclaredConstructors()) {
            List<Object> parameters = new ArrayList<>();
            for (Class<?> p : k.getParameterTypes()) parameters.add(name(p));
            constructors.add(parameters);
        }
        constructors.sort(Comparator.comparing(Object::toString));
        d.put("constructors", constructors);
        if (Modifier.isAbstract(c.getModifiers())) d.put("abstract", true);
        if (Map.class.isAssignableFrom(c)) d.put("map", true);
        Object instance = null;
        try {
            Constructor<?> k = c.getDeclaredConstructor();
            k.setAccessible(true);
            instance = k.newInstance();
        } catch (NoSuchMethodException | InstantiationException e) { /* none: then there are no defaults */ }
        Map<String, Object> properties = new LinkedHashMap<>();
        Map<String, Object> of;
        try { of = new TreeMap<>(properties(c)); } catch (Exception e) { of = new TreeMap<>(); }
        for (Map.Entry<String, Object> e : of.entrySet()) properties.put(e.getKey(), property(e.getValue(), instance, c));
        d.put("properties", properties);
        Map<String, Object> old = replaced.get(c);
        if (old != null && !old.isEmpty()) d.put("replaced", old);
        classes.put(name(c), d);
    }

    static Object property(Object property, Object instance, Class<?> owner) throws Exception {
        Map<String, Object> r = new LinkedHashMap<>();
        Class<?> type = (Class<?>) call(property, "getType");
        r.put("type", name(type));
        visit(type);
        Class<?>[] of = null;
        try { of = (Class<?>[]) call(property, "getActualTypeArguments"); } catch (Exception e) { /* none */ }
        if (of != null && of.length > 0) {
            List<Object> names = new ArrayList<>();
            for (Class<?> c : of) { names.add(c == null ? null : name(c)); visit(c); }
            r.put("of", names);
        }
        if (instance != null) {
            try {
                Object value = call(property, "get", instance);
                if (value != null) r.put("default", shown(value));
            } catch (Exception e) { r.put("unreadable", true); }
        }
        boolean writable = (Boolean) call(property, "isWritable");
        if (!writable) r.put("readOnly", true);
        if (property.getClass().getSimpleName().startsWith("MethodProperty")) r.put("setter", true);
        Field field = field(owner, (String) call(property, "getName"));
        if (field != null) for (java.lang.annotation.Annotation a : field.getAnnotations()) {
            String n = a.annotationType().getSimpleName();
            if (n.equals("Nullable")) r.put("nullable", true);
            if (n.equals("Deprecated")) {
                String since = "";
                try { since = (String) a.annotationType().getMethod("since").invoke(a); } catch (Exception e) { /* Java 8 */ }
                r.put("deprecated", since.isEmpty() ? true : (Object) since);
            }
        }
        return r;
    }

    static Field field(Class<?> owner, String name) {
        for (Class<?> c = owner; c != null; c = c.getSuperclass())
            for (Field f : c.getDeclaredFields()) if (f.getName().equals(name) && !Modifier.isStatic(f.getModifiers())) return f;
        return null;
    }

    /** A default as JSON: numbers and booleans as such, texts and quantities as text, collections as lists, beans as objects of what is not null. */
    static Object shown(Object value) throws Exception {
        if (value instanceof Number || value instanceof Boolean) {
            if (value instanceof Double && !Double.isFinite((Double) value)) return value.toString();
            if (value instanceof Float && !Float.isFinite((Float) value)) return value.toString();
            return value;
        }
        if (value instanceof Enum) return ((Enum<?>) value).name();
        if (value instanceof String) {
            for (String key : new String[] { "user.dir", "java.io.tmpdir", "user.home" })
                if (System.getProperty(key) != null && ((String) value).contains(System.getProperty(key))) return "";
            return value;
        }
        if (value instanceof Collection) {
            List<Object> list = new ArrayList<>();
            List<Object> sorted = new ArrayList<>((Collection<?>) value);
            if (value instanceof Set) sorted.sort(Comparator.comparing(Object::toString));
            for (Object o : sorted) list.add(shown(o));
            return list;
        }
        if (value instanceof Object[]) {
            List<Object> list = new ArrayList<>();
            for (Object o : (Object[]) value) list.add(shown(o));
            return list;
        }
        if (value instanceof Map) {
            Map<String, Object> map = new TreeMap<>();
            for (Map.Entry<?, ?> e : ((Map<?, ?>) value).entrySet()) map.put(String.valueOf(e.getKey()), e.getValue() == null ? null : shown(e.getValue()));
            return map;
        }
        String n = value.getClass().getSimpleName();
        String outer = value.getClass().getEnclosingClass() == null ? "" : value.getClass().getEnclosingClass().getSimpleName();
        if (outer.matches("DurationSpec|DataStorageSpec|DataRateSpec") || n.equals("OptionaldPositiveInt")) return value.toString();
        if (!value.getClass().getName().startsWith("org.apache.cassandra.")) return value.toString();
        Map<String, Object> map = new TreeMap<>();
        for (Map.Entry<String, Object> e : properties(value.getClass()).entrySet()) {
            if (!(Boolean) call(e.getValue(), "isWritable")) continue;
            try {
                Object inner = call(e.getValue(), "get", value);
                if (inner != null) map.put(e.getKey(), shown(inner));
            } catch (Exception ignored) { /* write-only */ }
        }
        return map;
    }

    /** The properties of a class as the release's loader finds them: its own loader from 4.1 on, SnakeYAML's before. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> properties(Class<?> c) throws Exception {
        try {
            Class<?> p = loader.loadClass("org.apache.cassandra.config.Properties");
            Object l = p.getMethod("defaultLoader").invoke(null);
            return (Map<String, Object>) call(l, "getProperties", c);
        } catch (ClassNotFoundException e) {
            Class<?> u = loader.loadClass("org.yaml.snakeyaml.introspector.PropertyUtils");
            Class<?> access = loader.loadClass("org.yaml.snakeyaml.introspector.BeanAccess");
            Method m = u.getDeclaredMethod("getPropertiesMap", Class.class, access);
            m.setAccessible(true);
            return (Map<String, Object>) m.invoke(u.getConstructor().newInstance(), c, access.getField("DEFAULT").get(null));
        }
    }

    @SuppressWarnings("unchecked")
    static Map<Class<?>, Map<String, Object>> replacements(Class<?> config) throws Exception {
        Map<Class<?>, Map<String, Object>> result = new HashMap<>();
        Method m = null;
        for (String holder : new String[] { "Replacements", "YamlConfigurationLoader" })
            try {
                for (Method x : loader.loadClass("org.apache.cassandra.config." + holder).getDeclaredMethods())
                    if (x.getName().equals("getNameReplacements")) m = x;
                if (m != null) break;
            } catch (ClassNotFoundException e) { /* the other */ }
        if (m == null) return result;
        m.setAccessible(true);
        for (Map.Entry<Class<?>, Map<String, Object>> e : ((Map<Class<?>, Map<String, Object>>) m.invoke(null, config)).entrySet()) {
            Map<String, Object> of = new TreeMap<>();
            for (Map.Entry<String, Object> r : e.getValue().entrySet()) {
                Map<String, Object> one = new LinkedHashMap<>();
                Object v = r.getValue();
                one.put("by", get(v, "newName"));
                Object type = get(v, "oldType");
                if (type != null) { one.put("type", name((Class<?>) type)); visit((Class<?>) type); }
                Object converter = get(v, "converter");
                if (converter != null) one.put("converter", ((Enum<?>) converter).name());
                if (Boolean.TRUE.equals(get(v, "deprecated"))) one.put("deprecated", true);
                of.put(r.getKey(), one);
            }
            result.put(e.getKey(), of);
        }
        return result;
    }

    static Object get(Object o, String field) throws Exception {
        try {
            Field f = o.getClass().getDeclaredField(field);
            f.setAccessible(true);
            return f.get(o);
        } catch (NoSuchFieldException e) { return null; }
    }

    static Object call(Object o, String method, Object... args) throws Exception {
        for (Class<?> c = o.getClass(); c != null; c = c.getSuperclass())
            for (Method m : c.getDeclaredMethods())
                if (m.getName().equals(method) && m.getParameterCount() == args.length) {
                    m.setAccessible(true);
                    return m.invoke(o, args);
                }
        for (Method m : o.getClass().getMethods())
            if (m.getName().equals(method) && m.getParameterCount() == args.length) return m.invoke(o, args);
        throw new NoSuchMethodException(method);
    }

    static final String[][] ROLES = {
        { "IPartitioner", "dht" }, { "IEndpointSnitch", "locator" }, { "SeedProvider", "locator" }, { "InitialLocationProvider", "locator" },
        { "NodeProximity", "locator" }, { "NodeAddressConfig", "locator" }, { "IAuthenticator", "auth" }, { "IAuthorizer", "auth" },
        { "IRoleManager", "auth" }, { "INetworkAuthorizer", "auth" }, { "IInternodeAuthenticator", "auth" }, { "ICIDRAuthorizer", "auth" },
        { "ICompressor", "io.compress" }, { "BackPressureStrategy", "net" }, { "AbstractCryptoProvider", "security" },
        { "ISslContextFactory", "security" }, { "IFailureDetector", "gms" }, { "Memtable$Factory", "db.memtable" },
    };

    /** Role → simple names of its bundled, concrete implementations in their own package. */
    static Map<String, Object> bundled(File jar) throws Exception {
        Map<String, Object> result = new LinkedHashMap<>();
        List<String> all = new ArrayList<>();
        try (JarFile f = new JarFile(jar)) {
            for (Enumeration<JarEntry> e = f.entries(); e.hasMoreElements();) {
                String n = e.nextElement().getName();
                if (n.endsWith(".class")) all.add(n.replace('/', '.').substring(0, n.length() - 6));
            }
        }
        Collections.sort(all);
        for (String[] role : ROLES) {
            String pack = "org.apache.cassandra." + role[1] + ".";
            Class<?> base;
            try { base = Class.forName(pack + role[0], false, loader); } catch (ClassNotFoundException e) { continue; }
            List<Object> names = new ArrayList<>();
            for (String n : all) {
                if (!n.startsWith(pack) || n.indexOf('.', pack.length()) >= 0) continue;
                try {
                    Class<?> c = Class.forName(n, false, loader);
                    if (base.isAssignableFrom(c) && !c.isInterface() && !Modifier.isAbstract(c.getModifiers()) && !c.isAnonymousClass())
                        names.add(n.substring(pack.length()));
                } catch (Throwable e) { /* needs what is not on the class path */ }
            }
            result.put(role[0], names);
        }
        return result;
    }

    /** Words and numbers that the start-up validation compares with and that are no configuration themselves. */
    static Map<String, Object> words() {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("tableOptions", sorted("cql3.statements.schema.TableAttributes", "allKeywords"));
        result.put("keyspaceOptions", sorted("cql3.statements.schema.KeyspaceAttributes", "allKeywords"));
        List<Object> keyspaces = sorted("schema.SchemaConstants", "getLocalAndReplicatedSystemKeyspaceNames");
        result.put("systemKeyspaces", keyspaces == null ? null : keyspaces.size());
        result.put("auditCategories", auditCategories());
        result.put("startupChecks", startupChecks());
        result.values().removeIf(Objects::isNull);
        return result;
    }

    static List<Object> sorted(String type, String method) {
        try {
            Method m = loader.loadClass("org.apache.cassandra." + type).getDeclaredMethod(method);
            m.setAccessible(true);
            List<Object> list = new ArrayList<>();
            for (Object o : (Collection<?>) m.invoke(null)) list.add(o.toString());
            list.sort(Comparator.comparing(Object::toString));
            return list;
        } catch (Throwable e) {
            return null;
        }
    }

    /** Categories of the audit log, in releases that check them at the start. */
    static List<Object> auditCategories() {
        try {
            loader.loadClass("org.apache.cassandra.audit.AuditLogOptions").getDeclaredMethod("validateCategories", String.class);
            List<Object> list = new ArrayList<>();
            for (Object o : loader.loadClass("org.apache.cassandra.audit.AuditLogEntryCategory").getEnumConstants()) list.add(o.toString());
            return list;
        } catch (Throwable e) {
            return null;
        }
    }

    /** Checks that cassandra.yaml may configure by name, where the names are texts and no enum. */
    static List<Object> startupChecks() {
        try {
            Class<?> c = loader.loadClass("org.apache.cassandra.service.StartupChecks");
            c.getMethod("getCheck", String.class);
            List<Object> list = new ArrayList<>();
            for (String name : new String[] { "DataResurrectionCheck", "FileSystemOwnershipCheck" }) {
                Constructor<?> k = loader.loadClass("org.apache.cassandra.service." + name).getDeclaredConstructor();
                k.setAccessible(true);
                Object check = k.newInstance();
                if ((Boolean) call(check, "isConfigurable")) list.add(call(check, "name"));
            }
            return list;
        } catch (Throwable e) {
            return null;
        }
    }

    static String json(Object o) {
        if (o == null) return "null";
        if (o instanceof Boolean || o instanceof Number) return o.toString();
        if (o instanceof List) {
            StringBuilder b = new StringBuilder("[");
            for (Object x : (List<?>) o) b.append(b.length() > 1 ? "," : "").append(json(x));
            return b.append("]").toString();
        }
        if (o instanceof Map) {
            StringBuilder b = new StringBuilder("{");
            for (Map.Entry<?, ?> e : ((Map<?, ?>) o).entrySet()) b.append(b.length() > 1 ? "," : "").append(json(e.getKey())).append(":").append(json(e.getValue()));
            return b.append("}").toString();
        }
        StringBuilder b = new StringBuilder("\"");
        for (char c : o.toString().toCharArray()) {
            if (c == '"' || c == '\\') b.append('\\').append(c);
            else if (c < 32 || c > 126) b.append(String.format("\\u%04x", (int) c));
            else b.append(c);
        }
        return b.append("\"").toString();
    }
}
