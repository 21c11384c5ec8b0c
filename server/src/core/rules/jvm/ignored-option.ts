/** Lines of option files that never reach java. */
import { isReadByServer, jvmFacts, shownFlag } from '../../model/jvm-facts.ts'
import type { Node } from '../../model/node.ts'
import { baseName } from '../../text/source-file.ts'
import { exampleCluster } from '../example-cluster.ts'
import { type Report, rule } from '../rule.ts'
import { nodeKey } from '../words.ts'

export default rule({
  id: 'jvm/ignored-option',
  scope: 'node',
  effects: ['breaks-later'],
  certainty: 'proven',
  releases: 'all',
  title: 'JVM option that has no effect',
  why: 'The start script takes only lines that begin with a dash, from the files of its release. Of two values for one flag java uses the last.',
  remedy: 'Begin the line with the dash, put it into the file that is read, and keep one value per flag.',
  sources: ['cassandra.in.sh (grep "^-")', 'Cassandra: YamlConfigurationLoader (cassandra.settings.)'],
  bad: exampleCluster('1x1', {}, '#- dc1/db1/jvm-server.options\nXss1m\n#^^^^ 💡 warning[jvm/ignored-option]: dash\n'),
  good: exampleCluster('1x1', {}, '#- dc1/db1/jvm-server.options\n-Xss1m\n'),
  *check(node) {
    for (const file of node.jvmOptions) {
      if (file.audience === 'clients') continue
      if (!isReadByServer(file, node)) {
        yield* unreadFile(node, file)
        continue
      }
      for (const line of file.lines) {
        if (line.taken || line.placeholder || !line.certain) continue
        const indented = line.text.startsWith('-')
        if (!indented && !/^(?:X|D|XX:|ea\b|javaagent)/.test(line.text)) {
          yield {
            at: line.span,
            message: `\`${shownFlag(line.text)}\` has no effect: the start script takes only lines that begin with a dash.`,
            about: [nodeKey(node)],
          }
          continue
        }
        yield {
          at: line.span,
          message: `\`${shownFlag(line.text)}\` has no effect: the line must begin with the dash${indented ? ', without blanks before it' : ''}.`,
          about: [nodeKey(node)],
          fixes: () => {
            const { file: source, start } = line.span
            const lineStart = source.text.lastIndexOf('\n', start - 1) + 1
            return [
              {
                title: indented ? 'Remove the blanks' : 'Add the dash',
                safe: true,
                edits: [{ at: { file: source, start: lineStart, end: start }, newText: indented ? '' : '-' }],
              },
            ]
          },
        }
      }
    }
    yield* repeated(node)
    yield* settingsWithoutPermission(node)
  },
})

function* unreadFile(node: Node, file: Node['jvmOptions'][number]): Generator<Report> {
  const line = file.lines.find(one => one.taken && one.certain)
  if (!line || node.release.candidates.length === 0) return
  const old = /^jvm\.options/.test(baseName(file.file.path))
  if (!old || node.release.candidates.includes('3.11')) return
  yield {
    at: line.span,
    message: `${baseName(file.file.path)} is not read from Cassandra 4.0 on: this line and all others have no effect. Move them to jvm-server.options.`,
    about: [nodeKey(node), `file:${file.file.path}`],
  }
}

/** Flags whose repeats add up, or whose meaning is a list. */
const additive =
  /^-(?:-add-|Xlog|javaagent|agentlib|agentpath|-patch-module|XX:CompileCommand|XX:OnOutOfMemoryError|XX:OnError|XX:Flags|cp$|classpath$|Xloggc)/

/** Java options of one file or of two that one Java reads together: same flag, another value, the last counts. */
function* repeated(node: Node): Generator<Report> {
  const seen = new Map<string, ReturnType<typeof jvmFacts>['flags'][number]>()
  for (const flag of jvmFacts(node).flags) {
    if (flag.fromScript || flag.placeholder || !flag.certain || additive.test(flag.text)) continue
    const name = nameOf(flag.text)
    if (name === undefined) continue
    const key = `${name} ${flag.file.path}`
    const before = seen.get(key)
    if (before && before.text !== flag.text)
      yield {
        at: before.span,
        message: `\`${shownFlag(before.text)}\` has no effect: \`${shownFlag(flag.text)}\` follows, and the last one counts.`,
        see: [{ at: flag.span, message: 'this one counts' }],
        about: [nodeKey(node)],
      }
    seen.set(key, flag)
  }
}

function nameOf(flag: string): string | undefined {
  return /^-X(?:mx|ms|mn|ss)/.exec(flag)?.[0] ?? /^-XX:[+-]?(\w+)/.exec(flag)?.[1] ?? /^-D[^=]+/.exec(flag)?.[0] ?? undefined
}

/** From 4.1 on settings by system property need a second property. */
function* settingsWithoutPermission(node: Node): Generator<Report> {
  if (node.release.candidates.some(line => line === '3.11' || line === '4.0')) return
  const { properties, complete } = jvmFacts(node)
  const permission = properties.get('cassandra.config.allow_system_properties')
  if (permission ? !/^false$/i.test(permission.value) : !complete) return
  for (const [name, flag] of properties)
    if (name.startsWith('cassandra.settings.'))
      yield {
        at: flag.span,
        message: `\`${shownFlag(flag.text)}\` has no effect: settings by system property need -Dcassandra.config.allow_system_properties=true.`,
        about: [nodeKey(node)],
      }
}
