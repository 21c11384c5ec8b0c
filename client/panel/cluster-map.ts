/** The map: datacenters, their racks, their nodes; tunnels and gateways below. Every thing is a toggle button: pressed is lost. */
import type { ClusterTreeNode } from '../../server/src/lsp/custom-requests.ts'
import { element } from './element.ts'
import type { WhatIf } from './messages.ts'

/** More tunnels than these are no list to read. */
const mostShown = 80

/** Lists that the operator opened stay open when the page is drawn anew. */
const unfolded = new Set<string>()

/** `choose` is told the ids to lose from now on. */
export function clusterMap(state: WhatIf, choose: (lose: readonly string[]) => void): HTMLElement {
  const cluster = state.clusters.find(each => each.name === state.cluster)
  const lost = new Set(state.lose)
  const toggle = (id: string) => choose(lost.has(id) ? state.lose.filter(each => each !== id) : [...state.lose, id])
  const datacenters = cluster?.children.filter(child => child.kind === 'datacenter') ?? []
  const strays = cluster?.children.filter(child => child.kind === 'node') ?? []
  const others = (kind: 'tunnel' | 'gateway', title: string) => {
    const things = state.things.filter(thing => thing.kind === kind && thing.cluster === state.cluster)
    if (things.length === 0) return undefined
    const shown = things.length <= mostShown ? things : things.filter((thing, index) => index < mostShown || lost.has(thing.id))
    const open = unfolded.has(kind) || things.length <= 6 || things.some(thing => lost.has(thing.id))
    return element(
      'details',
      {
        class: 'links',
        open,
        ontoggle: event => ((event.target as HTMLDetailsElement).open ? unfolded.add(kind) : unfolded.delete(kind)),
      },
      element('summary', {}, `${title} (${things.length})`),
      element(
        'div',
        { class: 'chips' },
        ...shown.map(thing => button(thing.id, thing.name.replace('/', ' ⇄ '), thing.detail, kind, lost.has(thing.id), false, toggle)),
        things.length > shown.length
          ? element('span', {}, `and ${things.length - shown.length} more: pick them with Simulate Failure…`)
          : undefined,
      ),
    )
  }
  return element(
    'section',
    { class: 'map', 'aria-label': 'Map of the cluster: press what is lost' },
    element(
      'div',
      { class: 'datacenters' },
      ...datacenters.map(datacenter => datacenterBox(datacenter, lost, toggle)),
      ...strays.map(node => nodeButton(node, lost, false, toggle)),
    ),
    others('tunnel', 'WireGuard tunnels'),
    others('gateway', 'Gateways'),
  )
}

function datacenterBox(datacenter: ClusterTreeNode, lost: ReadonlySet<string>, toggle: (id: string) => void): HTMLElement {
  const gone = datacenter.loseId !== undefined && lost.has(datacenter.loseId)
  return element(
    'div',
    { class: `datacenter${gone ? ' gone' : ''}`, role: 'group', 'aria-label': `datacenter ${datacenter.name}` },
    button(datacenter.loseId, datacenter.name, datacenter.detail, 'datacenter', gone, false, toggle),
    element(
      'div',
      { class: 'racks' },
      ...datacenter.children.map(child =>
        child.kind === 'rack' ? rackBox(child, lost, gone, toggle) : nodeButton(child, lost, gone, toggle),
      ),
    ),
  )
}

function rackBox(rack: ClusterTreeNode, lost: ReadonlySet<string>, goneWith: boolean, toggle: (id: string) => void): HTMLElement {
  const gone = rack.loseId !== undefined && lost.has(rack.loseId)
  return element(
    'div',
    { class: `rack${gone || goneWith ? ' gone' : ''}`, role: 'group', 'aria-label': `rack ${rack.name}` },
    button(rack.loseId, rack.name, rack.detail, 'rack', gone, goneWith, toggle),
    element('div', { class: 'nodes' }, ...rack.children.map(node => nodeButton(node, lost, gone || goneWith, toggle))),
  )
}

function nodeButton(node: ClusterTreeNode, lost: ReadonlySet<string>, goneWith: boolean, toggle: (id: string) => void): HTMLElement {
  return button(node.loseId, node.name, node.detail, 'node', node.loseId !== undefined && lost.has(node.loseId), goneWith, toggle)
}

function button(
  id: string | undefined,
  name: string,
  detail: string,
  kind: string,
  pressed: boolean,
  goneWith: boolean,
  toggle: (id: string) => void,
): HTMLElement {
  return element(
    'button',
    {
      class: `thing ${kind}${pressed || goneWith ? ' lost' : ''}`,
      type: 'button',
      'data-id': id,
      'aria-pressed': pressed ? 'true' : 'false',
      'aria-label': `${kind} ${name}, ${detail}${pressed ? ', lost' : goneWith ? ', lost with what it is in' : ''}`,
      title: detail,
      disabled: id === undefined,
      onclick: () => id !== undefined && toggle(id),
    },
    element('span', { class: 'name' }, name),
    kind === 'node' || kind === 'datacenter'
      ? element('span', { class: 'detail' }, kind === 'node' ? (detail.split(' · ')[1] ?? '') : detail)
      : undefined,
  )
}
