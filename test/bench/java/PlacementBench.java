import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.*;
import org.apache.cassandra.config.DatabaseDescriptor;
import org.apache.cassandra.dht.Murmur3Partitioner;
import org.apache.cassandra.dht.Token;
import org.apache.cassandra.locator.*;

/**
 * Times Cassandra's own calculateNaturalReplicas over all positions of a ring of 1,000 nodes in two datacenters of three racks, {dc1: 3, dc2: 3}.
 * Arguments: tokens a node, warm-ups, runs. Prints: sha256 of all placements, then for results dropped and results kept the least and the median
 * milliseconds. The ring is made from the same seed as the other side's, and is not timed.
 */
public class PlacementBench {
    static Object sink;

    public static void main(String[] args) throws Exception {
        int vnodes = Integer.parseInt(args[0]), warm = Integer.parseInt(args[1]), runs = Integer.parseInt(args[2]);
        Map<InetAddressAndPort, String[]> places = new HashMap<>();
        DatabaseDescriptor.clientInitialization();
        DatabaseDescriptor.setPartitionerUnsafe(Murmur3Partitioner.instance);
        DatabaseDescriptor.setEndpointSnitch(new AbstractNetworkTopologySnitch() {
            public String getRack(InetAddressAndPort node) { return places.get(node)[1]; }
            public String getDatacenter(InetAddressAndPort node) { return places.get(node)[0]; }
        });
        com.google.common.collect.Multimap<InetAddressAndPort, Token> owned = com.google.common.collect.HashMultimap.create();
        long[] state = {1000000 + vnodes};
        for (int i = 0; i < 1000; i++) {
            int n = i + 1;
            InetAddressAndPort node = InetAddressAndPort.getByName("10." + (n >> 16 & 255) + "." + (n >> 8 & 255) + "." + (n & 255));
            places.put(node, new String[] {"dc" + (i % 2 + 1), "rack" + (i / 2 % 3 + 1)});
            for (int v = 0; v < vnodes; v++) owned.put(node, new Murmur3Partitioner.LongToken(next(state)));
        }
        TokenMetadata metadata = new TokenMetadata();
        metadata.updateNormalTokens(owned);
        TokenMetadata ring = metadata.cloneOnlyTokenMap();
        Map<String, String> options = new HashMap<>(Map.of("dc1", "3", "dc2", "3"));
        NetworkTopologyStrategy strategy = new NetworkTopologyStrategy("ks", ring, DatabaseDescriptor.getEndpointSnitch(), options);

        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (Token token : ring.sortedTokens()) {
            StringJoiner line = new StringJoiner(",", token + ":", "\n");
            for (Replica replica : strategy.calculateNaturalReplicas(token, ring)) line.add(replica.endpoint().getHostAddress(false));
            digest.update(line.toString().getBytes(StandardCharsets.UTF_8));
        }
        System.out.println(HexFormat.of().formatHex(digest.digest()));
        System.out.println(timed(strategy, ring, false, warm, runs) + " " + timed(strategy, ring, true, warm, runs));
        System.exit(0);
    }

    static String timed(NetworkTopologyStrategy strategy, TokenMetadata ring, boolean keep, int warm, int runs) {
        double[] ms = new double[runs];
        for (int run = -warm; run < runs; run++) {
            if (run == 0) System.gc();
            long start = System.nanoTime();
            List<Token> tokens = ring.sortedTokens();
            Object[] kept = keep ? new Object[tokens.size()] : null;
            long replicas = 0;
            for (int i = 0; i < tokens.size(); i++) {
                EndpointsForRange placed = strategy.calculateNaturalReplicas(tokens.get(i), ring);
                replicas += placed.size();
                if (keep) kept[i] = placed;
            }
            if (run >= 0) ms[run] = (System.nanoTime() - start) / 1e6;
            sink = keep ? kept : (Object) replicas;
            sink = null;
        }
        Arrays.sort(ms);
        return String.format(Locale.ROOT, "%.2f %.2f", ms[0], ms[runs / 2]);
    }

    /** splitmix64 */
    static long next(long[] state) {
        long z = state[0] += 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
