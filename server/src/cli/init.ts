/** `foretell init [PATH]`: a foretell.yaml from what was recognised, to be completed by hand. */
import { initialForetellYaml } from '../core/features/initial-foretell-yaml.ts'
import { readArguments } from './arguments.ts'
import { type Host, isUnopened } from './host.ts'
import { loadWorkspace } from './load-workspace.ts'
import { UsageError } from './usage.ts'

export async function init(words: readonly string[], host: Host): Promise<number> {
  const { values, positionals } = readArguments(words, { write: { type: 'boolean' }, cassandra: { type: 'string' } })
  if (positionals.length > 1) throw new UsageError('init takes one folder')
  const { snapshot } = loadWorkspace({ paths: positionals, cassandra: values.cassandra, config: undefined }, host)
  const text = initialForetellYaml(snapshot)
  if (!values.write) {
    host.write(text)
    return 0
  }
  const folder = positionals[0] ?? ''
  if (!isUnopened(host.readFile(folder, 'foretell.yaml'))) throw new UsageError('there is a foretell.yaml already')
  const failed = host.writeFile(folder, 'foretell.yaml', text)
  if (failed) throw new UsageError(`${failed.path}: ${failed.why}`)
  host.write(`foretell.yaml is written: ${snapshot.nodes.length} nodes, ${snapshot.keyspaces.length} keyspaces.\n`)
  return 0
}
