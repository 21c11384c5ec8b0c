/** The glob of files that may matter, for clients that look for files themselves; wider than the names that readers want, which decide in the end. */

export const interestingFiles =
  '**/{*cassandra*,jvm*.options*,*.conf,*.conf.*,*.cql,*.cql.*,*.cqlsh,*.ddl,foretell.yaml,foretell.yml,docker-compose*,compose*.yml,compose*.yaml}'

/** Folders whose files a client need not offer. */
export const uninterestingFolders = '**/{.git,node_modules}/**'
