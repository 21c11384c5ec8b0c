/** Which files describe the same host: by foretell.yaml, then the folder, then names in the path, then addresses. */
import type { ParsedCompose } from '../syntax/compose.ts'
import type { ParsedCassandraYaml, ParsedFile } from '../syntax/parsed-file.ts'
import { baseName, folderOf, isInFolder } from '../text/source-file.ts'
import type { Declared, DeclaredNode } from './declared.ts'
import { giveFile, homeOf, hostInFileName, type NodeDraft, type SideFile } from './node-draft.ts'
import { tokenFilePath } from './node-tokens.ts'
import { matchesPattern, patternExpression } from './path-pattern.ts'

const nothingDeclared: DeclaredNode = {}

/** Nodes with their files, in path order, and the WireGuard and other files that belong to none. Names are not yet distinct. */
export function gatherNodes(
  files: readonly ParsedFile[],
  declared: Declared,
): { readonly drafts: NodeDraft[]; readonly unowned: readonly SideFile[] } {
  const yamls = files.filter((file): file is ParsedCassandraYaml => file.kind === 'cassandra-yaml')
  const composes = files.filter((file): file is ParsedCompose => file.kind === 'compose' && file.runsCassandra)
  const sides = files.filter(isSideFile)
  const claimed = new Set<ParsedFile>()
  const drafts: NodeDraft[] = []

  const base = declared.file ? folderOf(declared.file.path) : ''
  for (const [name, node] of declared.nodes) {
    const mine = node.files ? files.filter(file => matchesPattern(file.file.path, node.files!, base)) : []
    if (mine.length > 0) drafts.push(draftOfFiles(name, mine, claimed, node))
  }
  for (const pattern of declared.layout) {
    const expression = patternExpression(pattern.replace(/^\.\//, ''))
    const byNode = new Map<string, { name: string; files: ParsedFile[] }>()
    for (const file of files) {
      if (claimed.has(file) || !isInFolder(file.file.path, base)) continue
      const relative = base === '' ? file.file.path : file.file.path.slice(base.length + 1)
      const groups = expression.exec(relative)?.groups
      if (!groups?.node) continue
      const key = `${groups.datacenter ?? ''}/${groups.node}`
      if (!byNode.has(key)) byNode.set(key, { name: groups.node, files: [] })
      byNode.get(key)!.files.push(file)
    }
    for (const { name, files: mine } of byNode.values())
      if (mine.some(file => file.kind === 'cassandra-yaml'))
        drafts.push(draftOfFiles(name, mine, claimed, declared.nodes.get(name) ?? nothingDeclared))
  }

  const free = yamls.filter(yaml => !claimed.has(yaml))
  const yamlFolders = new Map<string, number>()
  for (const yaml of free) yamlFolders.set(folderOf(yaml.file.path), (yamlFolders.get(folderOf(yaml.file.path)) ?? 0) + 1)
  const hostFolders = foldersOfHosts(
    sides.filter(side => !claimed.has(side)),
    yamlFolders,
  )
  for (const yaml of free) for (const draft of draftsOfYaml(yaml, yamlFolders, hostFolders, declared)) drafts.push(draft)

  const unowned = giveSideFiles(
    drafts,
    sides.filter(side => !claimed.has(side)),
  )
  const byPath = new Map(declared.nodes.size > 0 ? files.map(({ file }) => [file.path, file] as const) : [])
  for (const draft of drafts) {
    const { tokens } = draft.declared
    if (tokens !== undefined) draft.tokenFile = byPath.get(tokenFilePath(declared, tokens))
    draft.compose = nearestCompose(draft, composes)
    if (declared.java !== undefined) draft.declared = { java: declared.java, ...draft.declared }
  }
  drafts.sort((a, b) => comparePaths(pathOf(a), pathOf(b)))
  return { drafts, unowned }
}

function isSideFile(file: ParsedFile): file is SideFile {
  return ['rackdc', 'topology', 'jvm-options', 'cassandra-env', 'wireguard'].includes(file.kind)
}

/** Where a draft sorts: its own home for one of several hosts of a shared file, else its yaml. */
export function pathOf(draft: NodeDraft): string {
  return (draft.yamlIsShared ? draft.rackdc?.file.path : undefined) ?? draft.yaml?.file.path ?? draft.wireguard[0]?.file.path ?? draft.home
}

export function comparePaths(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function draftOfFiles(name: string, files: readonly ParsedFile[], claimed: Set<ParsedFile>, node: DeclaredNode): NodeDraft {
  const yaml = files.find((file): file is ParsedCassandraYaml => file.kind === 'cassandra-yaml')
  const draft = newDraft(name, yaml ? homeOf(yaml.file.path) : homeOf(files[0]!.file.path), yaml, false, true, node)
  for (const file of files) {
    if (isSideFile(file)) giveFile(draft, file)
    claimed.add(file)
  }
  return draft
}

function newDraft(
  name: string,
  home: string,
  yaml: ParsedCassandraYaml | undefined,
  shared: boolean,
  counted: boolean,
  declared: DeclaredNode,
): NodeDraft {
  return {
    name,
    home,
    counted,
    yaml,
    yamlIsShared: shared,
    rackdc: undefined,
    topology: undefined,
    jvmOptions: [],
    environmentScript: undefined,
    wireguard: [],
    compose: undefined,
    tokenFile: undefined,
    declared,
  }
}

/** Folder of a cassandra.yaml → the folders below it that hold a rackdc file and no nearer cassandra.yaml. */
function foldersOfHosts(sides: readonly SideFile[], yamlFolders: ReadonlyMap<string, number>): ReadonlyMap<string, readonly string[]> {
  const hosts = new Map<string, string[]>()
  for (const side of sides) {
    if (side.kind !== 'rackdc' || side.template) continue
    const folder = folderOf(side.file.path)
    for (let above = folder; ; above = folderOf(above)) {
      if (yamlFolders.has(above)) {
        if (above !== folder) hosts.set(above, [...(hosts.get(above) ?? []), folder])
        break
      }
      if (above === '') break
    }
  }
  return hosts
}

function draftsOfYaml(
  yaml: ParsedCassandraYaml,
  yamlFolders: ReadonlyMap<string, number>,
  hostFolders: ReadonlyMap<string, readonly string[]>,
  declared: Declared,
): NodeDraft[] {
  const folder = folderOf(yaml.file.path)
  const home = homeOf(yaml.file.path)
  const alone = yamlFolders.get(folder) === 1
  const hosts = hostFolders.get(folder) ?? []
  if (alone && !yaml.template && hosts.length >= 2)
    return hosts.map(host => {
      const hostHome = homeOf(`${host}/`)
      const name = baseName(hostHome)
      return newDraft(name, host, yaml, true, true, declared.nodes.get(name) ?? nothingDeclared)
    })
  const inFileName = hostInFileName(yaml.file.path)
  const name = (alone ? baseName(home) : inFileName) || inFileName || ''
  const isAlternative = /_latest\.ya?ml$/i.test(yaml.file.path) && !alone
  return [newDraft(name, home, yaml, false, !yaml.template && !isAlternative, declared.nodes.get(name) ?? nothingDeclared)]
}

/** Side files go to the nearest node beside or above them, else to the node of their name. Answers those that belong to none. */
function giveSideFiles(drafts: readonly NodeDraft[], sides: readonly SideFile[]): SideFile[] {
  const byFolder = new Map<string, NodeDraft[]>()
  const put = (folder: string, draft: NodeDraft) => {
    const there = byFolder.get(folder)
    if (!there) byFolder.set(folder, [draft])
    else if (!there.includes(draft)) there.push(draft)
  }
  for (const draft of drafts) {
    if (!draft.yaml) continue
    put(folderOf(draft.yaml.file.path), draft)
    if (draft.home !== '') put(draft.home, draft)
  }
  const byName = new Map<string, NodeDraft[]>()
  for (const draft of drafts) if (draft.name !== '') byName.set(draft.name, [...(byName.get(draft.name) ?? []), draft])

  const unowned: SideFile[] = []
  for (const side of sides) {
    const owners = nearestOwners(side, byFolder) ?? byHostName(side, byName)
    if (owners) for (const owner of owners) giveFile(owner, side)
    else unowned.push(side)
  }
  return unowned
}

function nearestOwners(side: SideFile, byFolder: ReadonlyMap<string, NodeDraft[]>): readonly NodeDraft[] | undefined {
  const own = folderOf(side.file.path)
  const sideHome = homeOf(side.file.path)
  for (let folder = own; ; folder = folderOf(folder)) {
    const candidates = byFolder.get(folder)
    if (candidates) {
      if (candidates.length === 1) return candidates
      const hosts = candidates.filter(draft => draft.yamlIsShared)
      if (hosts.length > 0) {
        const exact = hosts.filter(draft => isInFolder(own, draft.home))
        if (exact.length > 0) return exact
        // Beside the shared yaml: for every host, unless it sits in some other host's folder.
        if (folder === own || folder === sideHome) return hosts
        return undefined
      }
      const host = hostInFileName(side.file.path)
      const named = candidates.filter(draft => host !== undefined && draft.name === host)
      if (named.length === 1) return named
      const counted = candidates.filter(draft => draft.counted)
      return counted.length === 1 ? counted : undefined
    }
    if (folder === '') return undefined
  }
}

function byHostName(side: SideFile, byName: ReadonlyMap<string, NodeDraft[]>): readonly NodeDraft[] | undefined {
  const stem = baseName(side.file.path).replace(/\.(?:conf|properties|options|sh)(?:\.\w+)?$/, '')
  for (const name of [baseName(homeOf(side.file.path)), hostInFileName(side.file.path), stem]) {
    const there = name ? byName.get(name) : undefined
    if (there?.length === 1) return there
  }
  return undefined
}

function nearestCompose(draft: NodeDraft, composes: readonly ParsedCompose[]): ParsedCompose | undefined {
  if (!draft.yaml) return undefined
  let nearest: ParsedCompose | undefined
  for (const compose of composes) {
    const folder = folderOf(compose.file.path)
    if (isInFolder(draft.yaml.file.path, folder) && (!nearest || folder.length > folderOf(nearest.file.path).length)) nearest = compose
  }
  return nearest
}

/** Makes names distinct by the shortest path that tells them apart: `prod/db1`, `staging/db1`. */
export function distinguishNames(drafts: readonly NodeDraft[]): void {
  const byName = new Map<string, NodeDraft[]>()
  for (const draft of drafts) byName.set(draft.name, [...(byName.get(draft.name) ?? []), draft])
  for (const [name, same] of byName) {
    if (same.length < 2) continue
    const paths = same.map(draft => (draft.home === '' ? pathOf(draft) : draft.home).split('/'))
    const longest = paths.reduce((most, path) => Math.max(most, path.length), 0)
    for (let depth = 2; depth <= longest + 1; depth++) {
      const candidates = paths.map(path => path.slice(-depth).join('/'))
      if (new Set(candidates).size === same.length || depth > longest) {
        same.forEach((draft, i) => {
          draft.name = new Set(candidates).size === same.length ? candidates[i]! : `${candidates[i] || name} (${pathOf(draft)})`
        })
        break
      }
    }
  }
}
