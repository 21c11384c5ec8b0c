/** The releases' own jars, brought by Maven into .cache/, and Java programs run against them. Needs `mvn` and Java 17. */
import { execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const cache = join(here, '../../.cache/catalogue')

/** `[{ line: '3.11', version: '3.11.19' }, …]` */
export const releases = readFileSync(join(here, 'releases.tsv'), 'utf8')
  .trim()
  .split('\n')
  .map(row => row.split('\t'))
  .map(([line, version]) => ({ line, version }))

/** The folder with a release's jars and all they need. */
export function jarsOf(version) {
  const folder = join(cache, version)
  const lib = join(folder, 'lib')
  if (existsSync(lib) && readdirSync(lib).some(name => name === `cassandra-all-${version}.jar`)) return lib
  mkdirSync(folder, { recursive: true })
  writeFileSync(
    join(folder, 'pom.xml'),
    `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>foretell</groupId><artifactId>catalogue</artifactId><version>1</version>
<dependencies><dependency><groupId>org.apache.cassandra</groupId><artifactId>cassandra-all</artifactId><version>${version}</version></dependency></dependencies></project>\n`,
  )
  execFileSync('mvn', ['-q', '-B', 'dependency:copy-dependencies', `-DoutputDirectory=${lib}`], { cwd: folder, stdio: 'inherit' })
  return lib
}

/** Tells one version of a program from another. */
export function fingerprint(program) {
  return createHash('sha256')
    .update(readFileSync(join(here, `${program}.java`)))
    .digest('hex')
    .slice(0, 16)
}

/** Compiles a program of this folder. */
export function compile(program) {
  const out = join(cache, 'out')
  mkdirSync(out, { recursive: true })
  execFileSync('javac', ['-d', out, join(here, `${program}.java`)], { stdio: 'inherit' })
  return out
}

/** Runs a program with the flags that old releases need on Java 17; what it prints. `input` goes to its standard input. */
export function run(program, args, input = '', flags = []) {
  const scratch = join(cache, 'scratch')
  // A directory setting with the relative value `abc` is accepted only where the folder exists, as it did where the verdicts were first given.
  mkdirSync(join(scratch, 'abc'), { recursive: true })
  const all = [
    `@${join(here, 'java-flags.txt')}`,
    `-Dcassandra.storagedir=${scratch}`,
    ...flags,
    '-cp',
    join(cache, 'out'),
    program,
    ...args,
  ]
  return new Promise((resolve, reject) => {
    const child = spawn('java', all, { cwd: scratch, stdio: ['pipe', 'pipe', 'ignore'] })
    const chunks = []
    child.stdout.on('data', chunk => chunks.push(chunk))
    child.on('error', reject)
    child.on('close', code =>
      code === 0 ? resolve(Buffer.concat(chunks).toString('utf8')) : reject(new Error(`${program} ended with ${code}`)),
    )
    child.stdin.end(input)
  })
}

/** A folder that stands before the jars: a quiet log, and a place for a node that asks for one. */
export function folderBeforeJars() {
  const folder = join(cache, 'before')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'logback.xml'), '<configuration><root level="OFF"/></configuration>\n')
  writeFileSync(join(folder, 'cassandra-rackdc.properties'), 'dc=dc1\nrack=rack1\n')
  return folder
}
